// Uses the search of a built site, and Pagefind's index of it, in a browser, and prints as JSON what was sent and how long
// readers wait: node use.mjs PUBLIC
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import puppeteer from "puppeteer-core";

const folder = process.argv[2];
const QUESTIONS = 15;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json", ".wasm": "application/wasm" };
const BROWSERS = [process.env.CASEBOOK_BROWSER, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].filter(Boolean);

/** Questions of up to three words, from titles at equal distances. */
function questions() {
  const names = readdirSync(join(folder, "reviews")).filter((name) => name.endsWith(".html")).sort();
  const title = (name) => /<h1[^>]*>(.*?)<\/h1>/.exec(readFileSync(join(folder, "reviews", name), "utf8"))[1];
  const step = Math.max(1, Math.floor(names.length / QUESTIONS));
  const words = (name) => (title(name).toLowerCase().match(/[a-z]{4,}/g) ?? []).slice(0, 3).join(" ");
  return names.filter((_, at) => at % step === 0).map(words).filter(Boolean).slice(0, QUESTIONS);
}

/** The bytes sent since the last look, compressed, by what they are. */
let sent = { index: 0, scripts: 0, excerpts: 0 };
function count(path, bytes) {
  const size = Math.min(gzipSync(bytes, { level: 9 }).length, bytes.length);
  if (/\/fragment\//.test(path) || /^\/reviews\//.test(path)) sent.excerpts += size;
  else if (/^\/search\/|\/index\/|\.pf_|pagefind-entry/.test(path)) sent.index += size;
  else if (/\.(js|wasm|pagefind)$/.test(path)) sent.scripts += size;
}
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  try {
    const bytes = readFileSync(join(folder, path.endsWith("/") ? `${path}index.html` : path));
    count(path, bytes);
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream", "cache-control": "no-store" }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const site = `http://127.0.0.1:${server.address().port}`;
const found = BROWSERS.map((name) => spawnSync("sh", ["-c", `command -v '${name}'`], { encoding: "utf8" }).stdout.trim()).find(Boolean);
const browser = await puppeteer.launch({
  executablePath: found,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

/** A reader who comes to the site with a question: the engine, the list of the files, the columns, and ten results with their pages. */
async function first(address, ask, ...given) {
  const page = await browser.newPage();
  await page.goto(site + address);
  sent = { index: 0, scripts: 0, excerpts: 0 };
  const shown = await page.evaluate(ask, ...given);
  await page.close();
  return { ...sent, shown };
}

/** Asks as the page of search does; runs in a page without a policy. */
async function askCasebook(engine, query) {
  const load = (name) => fetch(`/search/${name}.js`).then((answer) => answer.text()).then((text) => JSON.parse(text.slice("casebookData(".length, text.lastIndexOf(")"))));
  (0, eval)(await (await fetch(engine)).text());
  const searcher = casebookSearch.open(await load("index"), load);
  await searcher.catalogue();
  const { hits } = await searcher.search(searcher.parse(query));
  const cards = await Promise.all(hits.slice(0, 10).map((hit) => searcher.card(hit.number)));
  await Promise.all(cards.map(({ id }) => fetch(`/${id}.html`).then((answer) => answer.text())));
  return cards.length;
}
async function askPagefind(query) {
  const { search } = await import("/pagefind/pagefind.js");
  const { results } = await search(query);
  return (await Promise.all(results.slice(0, 10).map((result) => result.data()))).length;
}

/** Milliseconds from the last keystroke to the first result of what was typed then; runs in a page of the site. */
async function wait(query, place) {
  const input = document.querySelector("#search");
  const type = (text) => {
    input.value = text;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };
  const link = place === "box" ? ".search-panel:not([hidden]) [role=option]" : '[data-part="results"] h2 a';
  const end = `highlight=${encodeURIComponent(query)}`;
  const isShown = () => document.querySelector(link)?.href.includes(end) && !document.querySelector(link).href.includes(`${end}%20`);
  input.focus();
  type(query.slice(0, -1));
  await new Promise((done) => setTimeout(done, 400));
  const start = performance.now();
  type(query);
  while (!isShown()) {
    if (performance.now() - start > 20000) throw new Error(`nothing for ${query}`);
    await new Promise((done) => setTimeout(done, 1));
  }
  return performance.now() - start;
}
async function waits(address, place, queries) {
  const page = await browser.newPage();
  await page.goto(site + address);
  const times = [];
  for (const round of [0, 1]) {
    for (const query of queries) {
      const time = await page.evaluate(wait, query, place);
      // In the first round files are loaded.
      if (round) times.push(time);
    }
  }
  await page.close();
  return times;
}

try {
  const queries = questions();
  const engine = `/assets/${readdirSync(join(folder, "assets")).find((name) => name.startsWith("search-engine"))}`;
  const page = `/assets/${readdirSync(join(folder, "assets")).find((name) => name.endsWith(".svg"))}`;
  const answer = { Casebook: { sent: [] }, Pagefind: { sent: [] }, waits: {} };
  for (const query of queries) {
    answer.Casebook.sent.push(await first(page, askCasebook, engine, query));
    answer.Pagefind.sent.push(await first(page, askPagefind, query));
  }
  answer.waits.box = await waits("/index.html", "box", queries);
  answer.waits.page = await waits("/search.html", "page", queries);
  console.log(JSON.stringify(answer));
} finally {
  await browser.close();
  server.close();
}
