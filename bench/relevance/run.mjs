// Measures how well the search finds what is there, beside Pagefind and MiniSearch, over the same pages and questions:
//   bash bench/relevance/run [FOLDER]
// FOLDER holds reviews as other organisations publish them, in Markdown. Without it, this repository's own are taken.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import MiniSearch from "minisearch";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const folder = process.argv[2] ?? process.env.CASEBOOK_CORPUS;
const program = process.env.CASEBOOK ?? join(root, "target/release/casebook");
const work = mkdtempSync(join(tmpdir(), "casebook-relevance-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

/** Numbers that look random and are the same each time. */
function chance(seed) {
  let state = BigInt(`0x${createHash("sha256").update(seed).digest("hex").slice(0, 16)}`);
  return (end) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 33n) % end;
  };
}

function run(command, args, options = {}) {
  const ended = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28, ...options });
  if (ended.error) throw ended.error;
  return ended;
}

function filesBelow(start) {
  return readdirSync(start, { withFileTypes: true }).flatMap((entry) => {
    const path = join(start, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  }).sort();
}

/** Writes the site and returns its folder. What Casebook would not publish as it is, is left out. */
function makeSite() {
  const site = join(work, "site");
  mkdirSync(join(site, "content/reviews"), { recursive: true });
  const settings = 'title = "Relevance"\nbase_url = "https://example.org/"\n';
  if (!folder) {
    cpSync(join(root, "content"), join(site, "content"), { recursive: true });
    writeFileSync(join(site, "casebook.toml"), settings);
    return site;
  }
  for (const path of filesBelow(folder).filter((path) => extname(path) === ".md" && !/^(README|NOTES|_)/i.test(basename(path)))) {
    let text = readFileSync(path, "utf8").replace(/\r/g, "");
    const front = /^---\n([\s\S]*?)\n---\n/.exec(text);
    if (front) text = text.slice(front[0].length);
    if (text.split(/\s+/).length < 60) continue;
    const named = /^title:\s*["']?(.+?)["']?\s*$/m.exec(front?.[1] ?? "")?.[1] ?? /^#+\s+(.+)$/m.exec(text)?.[1] ?? basename(path, ".md");
    const title = named.replace(/[*_`\[\]#]/g, "").trim();
    const name = relative(folder, path).replace(/\.md$/, "").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(-120);
    const organisation = relative(folder, path).split("/")[0].split("__")[0];
    const head = `+++\ntitle = ${JSON.stringify(title)}\nseverity = "P3"\nstatus = "final"\ntlp = "TLP:CLEAR"\nperspective = "collected"\norganisation = ${JSON.stringify(organisation)}\n[impact]\nusers = "See the text."\n+++\n`;
    writeFileSync(join(site, "content/reviews", `${name}.md`), head + text);
  }
  writeFileSync(join(site, "content/factors.toml"), "");
  // These reviews were not written for Casebook: what it would ask for is beside the point.
  const rules = run(program, ["schema", "config"]).stdout;
  const levels = Object.keys(JSON.parse(rules).properties.levels.properties ?? {}).filter((rule) => rule !== "collected");
  writeFileSync(join(site, "casebook.toml"), `${settings}[levels.collected]\n`);
  for (let time = 0; time < 3; time += 1) {
    const checked = run(program, ["--site", site, "check", "--format", "json", "--now", "2026-06-30"]);
    const findings = JSON.parse(checked.stdout).findings.filter((finding) => finding.level === "error");
    const inSettings = findings.filter((finding) => !finding.file.startsWith("content/reviews/"));
    if (inSettings.length) throw new Error(JSON.stringify(inSettings.slice(0, 3)));
    if (!findings.length) break;
    if (time === 0) {
      const off = [...new Set(findings.map((finding) => finding.name))].filter((name) => !levels.length || levels.includes(name));
      writeFileSync(join(site, "casebook.toml"), `${settings}[levels.collected]\n${off.map((name) => `${name} = "off"\n`).join("")}`);
      const again = run(program, ["--site", site, "check", "--format", "json", "--now", "2026-06-30"]);
      const refused = JSON.parse(again.stdout).findings.filter((finding) => finding.level === "error" && finding.file === "casebook.toml");
      const kept = off.filter((name) => !refused.some((finding) => finding.message.includes(name)));
      writeFileSync(join(site, "casebook.toml"), `${settings}[levels.collected]\n${kept.map((name) => `${name} = "off"\n`).join("")}`);
    } else for (const file of new Set(findings.map((finding) => finding.file))) rmSync(join(site, file), { force: true });
  }
  return site;
}

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'", nbsp: " " };
const plain = (html) => html.replace(/<(svg|script|style)[\s\S]*?<\/\1>/g, " ").replace(/<\/(p|li|td|th|dt|dd|h\d|pre|div)>/g, "\n").replace(/<[^>]+>/g, "").replace(/&(#?\w+);/g, (all, name) => entities[name] ?? all);

/** What a page says: its title and its text, without what Pagefind is told to ignore. */
function readPage(path) {
  const html = readFileSync(path, "utf8");
  const article = /<article[^>]*data-pagefind-body[^>]*>([\s\S]*)<\/article>/.exec(html)?.[1] ?? "";
  const shown = article.replace(/<(nav|section|footer)[^>]*data-pagefind-ignore[^>]*>[\s\S]*?<\/\1>/g, " ");
  return { id: basename(path, ".html"), title: plain(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? "").trim(), text: plain(shown) };
}

const COMMON = new Set("a about after all also an and any are as at be because been before but by can could did do for from had has have he her his how i if in into is it its like more most no not of on once only or other our out over she so some such than that the their them then there these they this to up us was we were what when where which while who will with would you your".split(" "));

/** A word with another ending, and a word with a slip. */
function inflect(word) {
  if (/(ing|ed)$/.test(word) && word.length > 6) return word.replace(/(ing|ed)$/, (ending) => (ending === "ing" ? "ed" : "ing"));
  if (/[^s]s$/.test(word)) return word.slice(0, -1);
  if (/(s|x|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}
function slip(word, below) {
  const at = 1 + below(word.length - 2);
  const letter = "etaoinshrdlu"[below(12)];
  return [word.slice(0, at) + word.slice(at + 1), word.slice(0, at) + letter + word.slice(at), word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2), word.slice(0, at) + letter + word.slice(at + 1)][below(4)];
}

/** Questions whose answer is known: the page that the sentence or the title was taken from. */
function questions(pages) {
  const asked = [];
  const contentWords = (text) => (text.toLowerCase().match(/[a-z][a-z0-9-]+/g) ?? []).filter((word) => !COMMON.has(word));
  const titles = pages.map(({ id, title }) => [id, contentWords(title)]);
  for (const page of pages) {
    const below = chance(page.id);
    const add = (kind, words) => words.length > 1 && asked.push({ kind, query: words.join(" "), id: page.id });
    // Where another title has all of the words, too, nobody can tell which page is meant.
    const addTitle = (kind, words) => titles.some(([id, title]) => id !== page.id && words.every((word) => title.includes(word))) || add(kind, words);
    const title = contentWords(page.title);
    addTitle("title", title);
    if (title.length > 3) addTitle("title, a word dropped", title.filter((_, at) => at !== below(title.length)));
    const sentences = page.text.split(/(?<=[.!?])\s+|\n+/).map((sentence) => contentWords(sentence)).filter((words) => words.length >= 6 && words.length <= 24);
    for (let time = 0; time < 4 && sentences.length; time += 1) {
      const [words] = sentences.splice(below(sentences.length), 1);
      const kept = [...words];
      while (kept.length > 5) kept.splice(below(kept.length), 1);
      add("sentence, words dropped", kept);
      const change = (how) => {
        const at = kept.map((word, at) => [word, at]).filter(([word]) => /^[a-z]{6,}$/.test(word)).map(([, at]) => at);
        if (!at.length) return [];
        const changed = [...kept];
        const place = at[below(at.length)];
        changed[place] = how(changed[place]);
        return changed;
      };
      add("sentence, a word inflected", change(inflect));
      add("sentence, a word mistyped", change((word) => slip(word, below)));
      add("three words", kept.slice(0, 3));
    }
  }
  return asked;
}

/** Mean reciprocal rank within ten, and the share of questions whose first result is right, for each kind. */
function judge(asked, answers) {
  const kinds = new Map();
  asked.forEach(({ kind, id }, at) => {
    const rank = answers[at].slice(0, 10).indexOf(id);
    const sums = kinds.get(kind) ?? kinds.set(kind, { n: 0, mrr: 0, first: 0 }).get(kind);
    sums.n += 1;
    sums.mrr += rank < 0 ? 0 : 1 / (rank + 1);
    sums.first += rank === 0 ? 1 : 0;
  });
  return kinds;
}

async function askCasebook(site, asked) {
  await import(join(root, "themes/default/assets/search-engine.js"));
  const data = (name) => {
    let taken;
    new Function("casebookData", readFileSync(join(site, "public/search", `${name}.js`), "utf8"))((given) => (taken = given));
    return taken;
  };
  const searcher = globalThis.casebookSearch.open(data("index"), async (name) => data(name));
  const answers = [];
  for (const { query } of asked) {
    // As if the reader had not finished the last word.
    const { hits } = await searcher.search(searcher.parse(query));
    answers.push(await Promise.all(hits.slice(0, 10).map(async (hit) => basename((await searcher.card(hit.number)).id))));
  }
  return answers;
}

function askMiniSearch(pages, asked) {
  // As its documentation advises for a search as you type.
  const index = new MiniSearch({ fields: ["title", "text"], searchOptions: { boost: { title: 2 }, prefix: true, fuzzy: 0.2 } });
  index.addAll(pages);
  return asked.map(({ query }) => index.search(query).slice(0, 10).map((hit) => hit.id));
}

const BROWSERS = [process.env.CASEBOOK_BROWSER, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].filter(Boolean);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json", ".wasm": "application/wasm" };

/** Serves `folder`, shows `page` in a browser, and returns what it posts, with the bytes that were sent, compressed. */
export async function inBrowser(folder, page, script) {
  const sent = new Map();
  let server;
  const posted = new Promise((resolve) => {
    server = createServer((request, response) => {
      const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
      if (request.method === "POST") {
        let body = "";
        request.on("data", (part) => (body += part)).on("end", () => (response.end(), resolve(JSON.parse(body))));
        return;
      }
      try {
        const bytes = path === "/bench.js" ? Buffer.from(script) : path === "/bench.html" ? Buffer.from('<!doctype html><script type="module" src="bench.js"></script>') : readFileSync(join(folder, path));
        const packed = gzipSync(bytes, { level: 9 });
        if (!path.startsWith("/bench.")) sent.set(path, Math.min(packed.length, bytes.length));
        response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(bytes);
      } catch {
        response.writeHead(404).end();
      }
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}/${page}`;
  const name = BROWSERS.find((name) => spawnSync(name, ["--version"]).status === 0);
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const browser = spawn(name, [...flags, `--user-data-dir=${mkdtempSync(join(work, "browser-"))}`, address], { stdio: "ignore" });
  const result = await posted;
  browser.kill();
  server.close();
  server.closeAllConnections();
  return { result, sent };
}

async function askPagefind(site, asked) {
  const ended = run(join(here, "node_modules/.bin/pagefind"), ["--site", join(site, "public")]);
  if (ended.status !== 0) throw new Error(ended.stdout + ended.stderr);
  const script = `const pagefind = await import("/pagefind/pagefind.js");
const answers = [];
for (const query of ${JSON.stringify(asked.map(({ query }) => query))}) {
  const { results } = await pagefind.search(query);
  answers.push(await Promise.all(results.slice(0, 10).map(async (result) => (await result.data()).raw_url ?? (await result.data()).url)));
}
await fetch("/", { method: "POST", body: JSON.stringify(answers) });`;
  const { result } = await inBrowser(join(site, "public"), "bench.html", script);
  return result.map((urls) => urls.map((url) => basename(url, ".html")));
}

const site = makeSite();
const built = run(program, ["--site", site, "build", "--now", "2026-06-30"]);
if (built.status !== 0) throw new Error(built.stderr.slice(-2000));
const pages = filesBelow(join(site, "public/reviews")).filter((path) => /\.html$/.test(path)).map(readPage).filter((page) => page.text && page.title);
const asked = questions(pages);
console.log(`${pages.length} pages, ${asked.length} questions\n`);
const engines = { Casebook: await askCasebook(site, asked), Pagefind: await askPagefind(site, asked), MiniSearch: askMiniSearch(pages, asked) };
if (process.env.RELEVANCE_MISSES) asked.forEach((one, at) => engines.Casebook[at][0] !== one.id && console.log(JSON.stringify({ ...one, found: engines.Casebook[at].slice(0, 3) })));
console.log("| questions | n | engine | MRR@10 | success@1 |\n|---|--:|---|--:|--:|");
const judged = Object.entries(engines).map(([name, answers]) => [name, judge(asked, answers)]);
let behind = 0;
for (const [kind, { n }] of judged[0][1]) {
  for (const [name, kinds] of judged) {
    const { mrr, first } = kinds.get(kind);
    console.log(`| ${kind} | ${n} | ${name} | ${(mrr / n).toFixed(3)} | ${(first / n).toFixed(3)} |`);
  }
  const best = Math.max(...judged.slice(1).map(([, kinds]) => kinds.get(kind).mrr));
  if (judged[0][1].get(kind).mrr < best) {
    behind += 1;
    console.log(`\nCasebook is behind in: ${kind}\n`);
  }
}
console.log(behind ? `\nBehind in ${behind} kinds of questions.` : "\nAhead in every kind of question.");
