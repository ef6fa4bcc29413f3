// Looks at built sites as their readers do, and prints what is wrong as JSON: {"looked": 12, "closer": 4, "complaints": []}.
//
//   node look.mjs SITES BASE_PATH
//
// SITES is JSON: for each site its name and folder, the widths of the window, and how many of the longest pages of each
// kind are opened at these widths (headings, empty parts, messages on the console, requests to anywhere else), looked at
// more closely (axe-core in light and dark, paper, no scripts), and gone through by keyboard.
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import puppeteer from "puppeteer-core";
import { filter } from "./filter.mjs";
import { keyboard } from "./keyboard.mjs";
import { pages, samples, serve, weights } from "./site.mjs";

const [sites, base] = [JSON.parse(process.argv[2]), process.argv[3]];
const here = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const inPage = here("in_page.js");
const axe = here("node_modules/axe-core/axe.min.js");
const complaints = [];

/** A tab that notes what the page under `at` says and asks for. */
async function tab(browser) {
  const page = await browser.newPage();
  const at = { site: "", name: "" };
  const complain = (what) => complaints.push(`${at.site}: ${at.name}: ${what}`);
  page.on("console", (message) => {
    // The page for missing addresses is itself an answer with the status 404.
    if (!(at.name === "404.html" && message.text().includes("status of 404"))) complain(`says on the console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complain(`has an error in a script: ${error.message}`));
  page.on("request", (request) => {
    // The icon of the page before, perhaps of the site before, may be asked for late.
    const isOurs = sites.some(({ origin }) => request.url().startsWith(`${origin}/`));
    if (!isOurs && !/^(data|about):/.test(request.url())) complain(`asks elsewhere: ${request.url()}`);
  });
  // A page that is left breaks off what it still loads; without scripts none is loaded ahead, and no reason is given.
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    if (why && why !== "net::ERR_ABORTED") complain(`does not get ${request.url()}`);
  });
  // A tab that others stand before has the keyboard all the same.
  await page.emulateFocusedPage(true);
  await scheme(page, "light");
  return { page, at, complain };
}

async function open({ page, at }, site, name) {
  Object.assign(at, { site: site.name, name });
  // Any address that is missing shows the page for it.
  await page.goto(`${site.origin}${base}${name === "404.html" ? "no/such/page.html" : name}`, { waitUntil: "load" });
  // A page of search is there when its results are.
  const isReady = () => !document.getElementById("search-page")?.hidden;
  for (let waited = 0; waited < 50 && !(await page.evaluate(isReady)); waited += 1) await new Promise((done) => setTimeout(done, 100));
}

const size = (page, width) => page.setViewport({ width, height: 900 });
const scheme = (page, value) => page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);

async function everyWidth({ page, complain }, widths) {
  for (const width of widths) {
    await size(page, width);
    for (const what of await page.evaluate(inPage)) complain(`at ${width} px ${what}`);
  }
}

const EVERY_RULE = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
const RULES_OF_COLOUR = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** axe-core with all of its rules in light; in dark, where only the colours differ, with those about colour. */
async function accessible({ page, complain }, widths) {
  await page.evaluate(axe);
  // What stands in a disclosure counts as well.
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  for (const [value, runOnly] of [["light", EVERY_RULE], ["dark", RULES_OF_COLOUR]]) {
    await scheme(page, value);
    for (const width of widths) {
      await size(page, width);
      const found = await page.evaluate(async (runOnly) => {
        // Nothing on the page is loaded from elsewhere, so nothing has to be loaded again to be looked at.
        const { violations } = await globalThis.axe.run({ runOnly, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"], preload: false });
        return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} (${node.any[0]?.message ?? node.failureSummary})`).join(" | ")}`);
      }, runOnly);
      for (const what of found) complain(`in ${value} at ${width} px: ${what}`);
    }
  }
  await scheme(page, "light");
}

/** Without scripts the same words are there. */
async function withoutScripts(opened, site, name) {
  const { page, complain } = opened;
  // Answers can be chosen only with scripts; the questions are there.
  const words = () => page.evaluate(() => {
    const main = document.querySelector("main").cloneNode(true);
    main.querySelectorAll("label:has([type=radio])").forEach((answer) => answer.remove());
    return main.textContent.replace(/\s+/g, " ").trim();
  });
  await open(opened, site, name);
  const scripted = await words();
  await page.setJavaScriptEnabled(false);
  await open(opened, site, name);
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

async function byKeyboard(opened, site, name) {
  for (const width of [320, 1440]) {
    await size(opened.page, width);
    const reopen = async () => {
      await opened.page.goto("about:blank");
      await open(opened, site, name);
    };
    for (const what of await keyboard(opened.page, reopen)) opened.complain(`by keyboard at ${width} px ${what}`);
  }
}

/** Everything that there is to do for a site, in pieces that any tab can take. */
function jobs(site) {
  const all = pages(site.folder);
  complaints.push(...weights(site.folder, all).map((what) => `${site.name}: ${what}`));
  const each = (most, job) => samples(all, most).map(({ name }) => (opened) => job(opened, name));
  return {
    opened: each(site.opened, async (opened, name) => {
      await open(opened, site, name);
      await everyWidth(opened, site.widths);
    }),
    closer: each(site.closer, async (opened, name) => {
      await open(opened, site, name);
      await accessible(opened, site.widths);
      await printed(opened);
      await withoutScripts(opened, site, name);
    }),
    keyed: each(site.keyed, (opened, name) => byKeyboard(opened, site, name)),
    filtered: site.keyed ? [async (opened) => {
      await open(opened, site, "reviews/index.html");
      for (const what of await filter(opened.page)) opened.complain(what);
    }] : [],
  };
}

const servers = await Promise.all(sites.map(({ folder }) => serve(folder, base)));
sites.forEach((site, at) => (site.origin = servers[at].origin));
const browser = await puppeteer.launch({
  executablePath: process.env.CASEBOOK_BROWSER,
  args: ["--no-sandbox", "--disable-gpu", "--force-prefers-reduced-motion", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const plans = sites.map(jobs);
  const done = (kind) => plans.reduce((sum, plan, at) => sum + plan[kind].length * (kind === "opened" ? sites[at].widths.length : 1), 0);
  const report = { looked: done("opened"), closer: done("closer") };
  // The longest jobs first, so that no tab waits for another one at the end.
  const queue = ["closer", "keyed", "filtered", "opened"].flatMap((kind) => plans.flatMap((plan) => plan[kind]));
  const tabs = await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, () => tab(browser)));
  await Promise.all(tabs.map(async (opened) => {
    while (queue.length) await queue.shift()(opened);
  }));
  console.log(JSON.stringify({ ...report, complaints: [...new Set(complaints)] }));
} finally {
  await browser.close();
  servers.forEach((server) => server.stop());
}
