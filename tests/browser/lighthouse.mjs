// Has Lighthouse judge the main pages of a built site, and prints as JSON how many it saw, what is wrong with them, and how
// fast they are: {"looked": 4, "complaints": [], "performance": {"index.html": "100"}}. Speed depends on the machine, and
// is no complaint.
//
//   node lighthouse.mjs FOLDER [BASE_PATH]
import { existsSync } from "node:fs";
import { join } from "node:path";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";
import { pages, samples, serve } from "./site.mjs";

const JUDGED = ["accessibility", "best-practices", "seo"];
const [folder, base = "/lessons/"] = process.argv.slice(2);
const executablePath = process.env.CASEBOOK_BROWSER
  ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

const all = pages(folder);
const longest = (kind) => samples(all, 1).find(({ html }) => html.includes(`<body class="page-${kind}`))?.name;
const wanted = ["index.html", longest("review"), longest("factor"), "search.html"];
const shown = wanted.filter((name) => name && existsSync(join(folder, name)));
const report = { looked: 0, complaints: [], performance: {} };

/** What costs points in a category. */
const costs = (lhr, category) => {
  const counted = lhr.categories[category].auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => lhr.audits[id]);
  return counted.filter(({ score }) => score !== null && score < 0.9).map(({ title, displayValue }) => [title, displayValue].filter(Boolean).join(": "));
};

const site = await serve(folder, base);
const browser = await puppeteer.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  for (const name of shown) {
    const page = await browser.newPage();
    const options = { onlyCategories: ["performance", ...JUDGED], output: "json", logLevel: "error" };
    const { lhr } = await lighthouse(`${site.origin}${base}${name}`, options, undefined, page);
    const score = (category) => Math.round(lhr.categories[category].score * 100);
    for (const category of JUDGED.filter((category) => score(category) < 100)) {
      report.complaints.push(`${name}: ${category} ${score(category)}: ${costs(lhr, category).join("; ")}`);
    }
    report.performance[name] = [score("performance"), ...costs(lhr, "performance")].join("; ");
    report.looked += 1;
    await page.close();
  }
  console.log(JSON.stringify(report));
} finally {
  await browser.close();
  site.stop();
}
