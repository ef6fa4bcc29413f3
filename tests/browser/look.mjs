// Looks at a built site as its readers do, and prints what is wrong with it as JSON: {"looked": 12, "complaints": []}.
//
//   node look.mjs FOLDER BASE_PATH
//
// The twelve longest pages of each kind: their width at three sizes of window, headings, empty parts, messages on the
// console, requests to anywhere else. The longest also: axe-core in light and dark, the keyboard, paper, no scripts.
import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";
import { pages, samples, serve, weights } from "./site.mjs";
import { keyboard } from "./keyboard.mjs";

const WIDTHS = [320, 768, 1440];
const TABS = 2;
const [folder, base] = process.argv.slice(2);
const here = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const inPage = here("in_page.js");
const axe = here("node_modules/axe-core/axe.min.js");
const complaints = [];
let looked = 0;

/** A tab that notes what the page under `at.name` says and asks for. */
async function tab(browser, origin) {
  const page = await browser.newPage();
  const at = { name: "" };
  const complain = (what) => complaints.push(`${at.name}: ${what}`);
  page.on("console", (message) => {
    // The page for missing addresses is itself an answer with the status 404.
    if (!(at.name === "404.html" && message.text().includes("status of 404"))) complain(`says on the console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complain(`has an error in a script: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !/^(data|about):/.test(request.url())) complain(`asks elsewhere: ${request.url()}`);
  });
  page.on("requestfailed", (request) => complain(`does not get ${request.url()}`));
  await scheme(page, "light");
  return { page, at, complain };
}

async function open({ page, at }, origin, name) {
  at.name = name;
  // Any address that is missing shows the page for it.
  await page.goto(`${origin}${base}${name === "404.html" ? "no/such/page.html" : name}`, { waitUntil: "load" });
  // A page of search is there when its results are.
  const isReady = () => !document.getElementById("search-page")?.hidden;
  for (let waited = 0; waited < 50 && !(await page.evaluate(isReady)); waited += 1) await new Promise((done) => setTimeout(done, 100));
}

const size = (page, width) => page.setViewport({ width, height: 900 });
const scheme = (page, value) => page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);

async function everyWidth({ page, complain }) {
  for (const width of WIDTHS) {
    await size(page, width);
    for (const what of await page.evaluate(inPage)) complain(`at ${width} px ${what}`);
    looked += 1;
  }
}

/** axe-core with all of its rules in light; in dark, where only the colours differ, with those about colour. */
async function accessible({ page, complain }) {
  await page.evaluate(axe);
  // What stands in a disclosure counts as well.
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  for (const value of ["light", "dark"]) {
    await scheme(page, value);
    for (const width of WIDTHS) {
      await size(page, width);
      const found = await page.evaluate(async (dark) => {
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        const colours = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
        const only = dark ? colours : { type: "tag", values: tags };
        const { violations } = await globalThis.axe.run({ runOnly: only, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] });
        return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} (${node.any[0]?.message ?? node.failureSummary})`).join(" | ")}`);
      }, value === "dark");
      for (const what of found) complain(`in ${value} at ${width} px: ${what}`);
    }
  }
  await scheme(page, "light");
}

/** Without scripts the same words are there. */
async function withoutScripts(opened, origin, name) {
  const { page, complain } = opened;
  const words = () => page.evaluate(() => document.querySelector("main").textContent.replace(/\s+/g, " ").trim());
  await open(opened, origin, name);
  const scripted = await words();
  await page.setJavaScriptEnabled(false);
  await open(opened, origin, name);
  // A search answers only with scripts; without them its page leads to the indexes.
  const least = name === "search.html" ? 1 : scripted.length * 0.95;
  if ((await words()).length < least) complain("says less without scripts");
  await size(page, 320);
  for (const what of await page.evaluate(inPage)) complain(`without scripts ${what}`);
  await page.setJavaScriptEnabled(true);
}

/** On paper: no ways to go elsewhere, addresses after links to the outside, what disclosures hold. */
async function printed({ page, complain }) {
  await page.emulateMediaType("print");
  await size(page, 768);
  const wrong = await page.evaluate(() => {
    const shown = [...document.querySelectorAll("nav, button, form")].filter((element) => element.getClientRects().length);
    const outside = [...document.querySelectorAll("main a[href^=http]")].filter((link) => !getComputedStyle(link, "::after").content.includes(link.getAttribute("href")));
    return [...shown.map((element) => `prints ${element.outerHTML.slice(0, 80)}`), ...outside.map((link) => `prints no address after ${link.href}`)];
  });
  wrong.forEach(complain);
  await page.emulateMediaType("screen");
}

async function work(queue, each) {
  while (queue.length) await each(queue.shift());
}

const site = await serve(folder, base);
const browser = await puppeteer.launch({
  executablePath: process.env.CASEBOOK_BROWSER,
  args: ["--no-sandbox", "--disable-gpu", "--force-prefers-reduced-motion", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const all = pages(folder);
  complaints.push(...weights(folder, all));
  const tabs = await Promise.all(Array.from({ length: TABS }, () => tab(browser, site.origin)));
  const queue = samples(all, 12).map(({ name }) => name);
  await Promise.all(tabs.map((opened) => work(queue, async (name) => {
    await open(opened, site.origin, name);
    await everyWidth(opened);
  })));
  const closer = samples(all, 2).map(({ name }) => name);
  const again = [...closer];
  await Promise.all(tabs.map((opened) => work(again, async (name) => {
    await open(opened, site.origin, name);
    await accessible(opened);
    await printed(opened);
    await withoutScripts(opened, site.origin, name);
  })));
  // Only one tab of a browser has the keyboard.
  const [opened] = tabs;
  await opened.page.bringToFront();
  for (const { name } of samples(all, 1)) {
    for (const width of [320, 1440]) {
      await size(opened.page, width);
      for (const what of await keyboard(opened.page, async () => {
        await opened.page.goto("about:blank");
        await open(opened, site.origin, name);
      })) opened.complain(`by keyboard at ${width} px ${what}`);
    }
  }
  console.log(JSON.stringify({ looked, closer: closer.length, complaints: [...new Set(complaints)] }));
} finally {
  await browser.close();
  site.stop();
}
