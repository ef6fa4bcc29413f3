// Serves a built site below a path of its own, as a code host does, and knows its pages.
import { createServer } from "node:http";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, normalize, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css", ".html": "text/html; charset=utf-8", ".ics": "text/calendar", ".js": "text/javascript",
  ".json": "application/json", ".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain",
  ".webmanifest": "application/manifest+json", ".xml": "application/xml",
};

/**
 * Serves `folder` at `base`, such as `/lessons/`, and returns the origin and a way to stop. All responses have `headers`;
 * that to a path is sent when `held(path)` is settled.
 */
export async function serve(folder, base, headers = {}, held = () => {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://site").pathname);
    const inside = path.startsWith(base) ? path.slice(base.length) : undefined;
    const send = (name, status) => {
      const body = readFileSync(join(folder, name));
      response.writeHead(status, { ...headers, "content-type": TYPES[extname(name)] ?? "application/octet-stream" });
      response.end(body);
    };
    await held(path);
    let name = inside === undefined ? undefined : normalize(inside || "index.html");
    try {
      if (name !== undefined && statSync(join(folder, name)).isDirectory()) name = join(name, "index.html");
      send(name, 200);
    } catch {
      send("404.html", 404);
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { origin: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

/** The pages of a site, as paths below it; a former address leads away at once and is none. */
export function pages(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"));
  const read = (name) => readFileSync(join(folder, name), "utf8");
  return names.sort().map((name) => ({ name, html: read(name) })).filter(({ html }) => !html.includes('http-equiv="refresh"'));
}

/** What is heavier than a page for slow lines may be, compressed. */
export function weights(folder, all) {
  const compressed = (bytes) => gzipSync(bytes, { level: 9 }).length;
  const assets = (end) => readdirSync(join(folder, "assets")).filter((name) => name.endsWith(end)).map((name) => readFileSync(join(folder, "assets", name)));
  const sum = (files) => files.reduce((bytes, file) => bytes + compressed(file), 0);
  // No page loads the style sheet that feeds have. Icons are in that of the theme: 700 bytes, once, instead of 2,500 on each page.
  const styles = readdirSync(join(folder, "assets")).filter((name) => name.endsWith(".css") && !name.startsWith("feed-"));
  const scripts = readdirSync(join(folder, "assets")).filter((name) => name.endsWith(".js")).map((name) => [name, readFileSync(join(folder, "assets", name))])
    .filter(([, script]) => !script.includes("factor-filter") && !script.includes(".answers-tools"));
  const loads = [
    ...all.filter(({ name }) => name.startsWith("reviews/")).map(({ name, html }) => [name, compressed(html), 30_000]),
    ["the style sheets", sum(styles.map((name) => readFileSync(join(folder, "assets", name)))), 12_400],
    // What the page with the most scripts loads, and its search. The filter and the gathered answers are files of one page each.
    ["the scripts of a page", Math.max(...all.map(({ html }) => sum(scripts.filter(([name]) => html.includes(`assets/${name}"></script>`) || html.includes(`assets/${name}" defer`) || name.startsWith("search-engine-")).map(([, script]) => script)))), 15_000],
  ];
  return loads.filter(([, bytes, most]) => bytes > most).map(([what, bytes, most]) => `${what}: ${bytes} bytes compressed, more than ${most}`);
}

/** A few pages of each kind: the longest ones, where most can go wrong. */
export function samples(all, most) {
  const kinds = new Map();
  for (const page of all) {
    const kind = /<body class="page-([a-z-]+)/.exec(page.html)?.[1] ?? "other";
    kinds.set(kind, [...(kinds.get(kind) ?? []), page]);
  }
  return [...kinds.values()].flatMap((pages) => pages.sort((a, b) => b.html.length - a.html.length).slice(0, most));
}
