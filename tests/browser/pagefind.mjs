// Has Pagefind index a built site as the README says, asks it in a browser, and prints what is wrong as JSON:
// {"looked": 4, "complaints": []}.
//
//   node pagefind.mjs FOLDER BASE_PATH
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { pages, serve } from "./site.mjs";

const [folder, base] = process.argv.slice(2);
const complaints = [];
const pagefind = fileURLToPath(new URL("node_modules/.bin/pagefind", import.meta.url));
const ended = spawnSync(pagefind, ["--site", folder], { encoding: "utf8" });
if (ended.status !== 0) throw new Error(ended.error ?? ended.stdout + ended.stderr);

const text = (html) => html.replace(/<[^>]*>/g, " ").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&").replace(/\s+/g, " ").trim();
/** The review pages of a site, and what each says about itself to Pagefind. */
const reviews = pages(folder).filter(({ html }) => html.includes("data-pagefind-body")).map(({ name, html }) => {
  const meta = [...html.matchAll(/<(\w+)[^>]* data-pagefind-meta="(\w+)"[^>]*>(.*?)<\/\1>/gs)].map(([, , key, inside]) => [key, text(inside)]);
  return { name, meta: Object.fromEntries(meta), ignored: html.includes("data-pagefind-ignore") };
});

const site = await serve(folder, base);
const browser = await puppeteer.launch({
  executablePath: process.env.CASEBOOK_BROWSER,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let looked = 0;
try {
  const page = await browser.newPage();
  // A file of Pagefind's: the policy of the pages allows no WebAssembly.
  await page.goto(`${site.origin}${base}pagefind/pagefind-entry.json`);
  const ask = (query) => page.evaluate(async (script, query) => {
    const { search } = await import(script);
    const { results } = await search(query);
    return Promise.all(results.map(async (result) => {
      const { url, meta, content } = await result.data();
      return { url, meta, content };
    }));
  }, `${base}pagefind/pagefind.js`, query);

  const all = await ask(null);
  const names = (list) => list.map((name) => basename(name)).sort().join(" ");
  if (names(all.map(({ url }) => url)) !== names(reviews.map(({ name }) => name))) complaints.push(`indexed are ${names(all.map(({ url }) => url))}`);
  for (const { name, meta, ignored } of reviews) {
    looked += 1;
    const [first] = await ask(meta.title);
    if (!first || basename(first.url) !== basename(name)) complaints.push(`${meta.title}: finds ${first?.url}`);
    else for (const [key, value] of Object.entries(meta)) if (text(first.meta[key] ?? "") !== value) complaints.push(`${name}: ${key} is ${first.meta[key]}, not ${value}`);
    if (!meta.title || !ignored) complaints.push(`${name}: has no title or nothing to be ignored`);
    if (first?.content.includes("BibTeX")) complaints.push(`${name}: how to cite a review is indexed`);
  }
  console.log(JSON.stringify({ looked, complaints }));
} finally {
  await browser.close();
  site.stop();
}
