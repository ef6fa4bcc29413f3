// Prints the scores of Lighthouse for the main pages of a built site, and fails where one is too low.
//
//   node lighthouse.mjs FOLDER [BASE_PATH]
import { existsSync } from "node:fs";
import { join } from "node:path";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";
import { pages, samples, serve } from "./site.mjs";

const LEAST = { performance: 0.98, accessibility: 1, "best-practices": 1, seo: 1 };
const [folder, base = "/lessons/"] = process.argv.slice(2);
const executablePath = process.env.CASEBOOK_BROWSER
  ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

const all = pages(folder);
const longest = (kind) => samples(all, 1).find(({ html }) => html.includes(`<body class="page-${kind}`))?.name;
const wanted = ["index.html", longest("review"), longest("factor"), "search.html"];
const shown = wanted.filter((name) => name && existsSync(join(folder, name)));

const site = await serve(folder, base);
const browser = await puppeteer.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let failed = false;
try {
  for (const name of shown) {
    const page = await browser.newPage();
    const options = { onlyCategories: Object.keys(LEAST), output: "json", logLevel: "error" };
    const { lhr } = await lighthouse(`${site.origin}${base}${name}`, options, undefined, page);
    const scores = Object.entries(LEAST).map(([id, least]) => {
      const { score } = lhr.categories[id];
      failed ||= score < least;
      return `${id} ${Math.round(score * 100)}`;
    });
    console.log(`${name}: ${scores.join(", ")}`);
    for (const audit of Object.values(lhr.audits)) {
      const counts = Object.keys(LEAST).some((id) => lhr.categories[id].auditRefs.some((ref) => ref.id === audit.id && ref.weight > 0));
      if (counts && audit.score !== null && audit.score < 0.9) console.log(`  ${audit.id}: ${audit.title} ${audit.displayValue ?? ""}`);
    }
    await page.close();
  }
} finally {
  await browser.close();
  site.stop();
}
process.exit(failed ? 1 : 0);
