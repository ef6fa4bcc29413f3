// Narrows the table of the factors and the lists of changes as readers do, and prints what is wrong as JSON:
// {"looked": 20, "complaints": []}.
//
//   node in-place.mjs FOLDER BASE_PATH
//
// FOLDER holds a built site with several factors and changes. It is opened through a server, below a path, and as files
// from the disk.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { POLICY, launch, reader } from "./reader.mjs";
import { serve } from "./site.mjs";

const [folder, base] = process.argv.slice(2);
const { reviews, factors: registry } = JSON.parse(readFileSync(join(folder, "data/casebook.json"), "utf8"));
const report = { looked: 0, complaints: [] };

const browser = await launch();

/** What is in sight: rows of the table, changes by state, and what the form says. Runs in the page. */
function state() {
  const inSight = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const part = (block) => [block.querySelector("h2").id, block.querySelectorAll("li.control:not([hidden])").length];
  const count = (element) => Number(text(element).replace(/\D/g, ""));
  return {
    form: inSight("form.filter").length,
    names: inSight(".factors tbody th a").map(text),
    counts: inSight(".factors tbody tr").map((row) => count(row.cells[1])),
    sorted: inSight(".factors thead [aria-sort]").map((head) => `${text(head)} ${head.getAttribute("aria-sort")}`).join(),
    parts: Object.fromEntries(inSight("main > .block:has(li.control)").map(part)),
    headings: inSight("main > .block:has(li.control) h2 .count").map(count),
    changes: inSight("li.control").map((row) => [...row.querySelectorAll("a")].at(-1).textContent && text(row)),
    status: inSight("form.filter [role=status] strong").map(count),
    address: location.search,
  };
}

async function narrow(start, name) {
  const { context, page, complain, expect, open, see } = await reader(browser, start, name, state, report);
  const settled = (wanted) => page.waitForFunction(wanted, { timeout: 10_000, polling: 50 }).catch(() => complain(`waits for ${wanted} in vain`));
  const shift = () => page.evaluate(() => new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, { value }) => sum + value, 0))).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(0), 300);
  }));

  // The table of the factors
  await open("factors/index.html");
  expect("moves nothing while it loads", (await shift()) < 0.05, true);
  const all = await see();
  expect("lists every factor", all.names.length, registry.length);
  expect("begins with those of most reviews", all.counts, [...all.counts].sort((a, b) => b - a));
  const word = all.names[1].split(" ").at(-1);
  const fitting = all.names.filter((known) => known.toLowerCase().includes(word.toLowerCase()));
  await page.focus("form.filter input");
  await page.keyboard.type(word.toUpperCase());
  const named = await see();
  expect("finds names while they are typed", [named.names, named.status[0]], [fitting, fitting.length]);
  expect("remembers what is typed", new URLSearchParams(named.address).get("name"), word.toUpperCase());
  await page.reload();
  expect("shows it after a reload", (await see()).names, fitting);
  await page.click("form.filter [type=reset]");
  await settled(`document.querySelectorAll(".factors tbody tr:not([hidden])").length === ${registry.length}`);
  expect("clears the filter", (await see()).address, "");
  // By keyboard: the heads of the columns are buttons.
  await page.focus(".factors th:first-child button");
  await page.keyboard.press("Enter");
  const byName = await see();
  expect("sorts by name", byName.names, [...all.names].sort((a, b) => a.localeCompare(b, "en")));
  expect("says how it is sorted", byName.sorted, "Factor ascending");
  await page.keyboard.press("Enter");
  expect("turns the order", (await see()).names, [...byName.names].reverse());
  const chosen = await page.$eval("select[name=years]", (select) => select.options[1].value);
  await page.select("select[name=years]", chosen);
  const isOfYear = (review) => review.date?.startsWith(chosen) && !review.withdrawn;
  const canonical = new Map(registry.flatMap(({ id, aliases = [] }) => [id, ...aliases].map((known) => [known, id])));
  const ofYear = reviews.filter(isOfYear).map(({ factors = [] }) => new Set(factors.map(({ id }) => canonical.get(id)).filter(Boolean)));
  const expected = registry.map(({ id }) => ofYear.filter((has) => has.has(id)).length).filter(Boolean).sort((a, b) => b - a);
  await settled(`!document.querySelector("[data-reviews]").parentElement.hidden`);
  expect("counts the factors of a year", (await see()).counts, expected);

  // The lists of changes
  await open("controls/index.html");
  expect("moves no change while it loads", (await shift()) < 0.05, true);
  const before = await see();
  const factor = await page.$eval("select[name=factor]", (select) => select.options[1].value);
  const total = before.headings.reduce((sum, count) => sum + count, 0);
  await page.focus("select[name=factor]");
  await page.keyboard.press("ArrowDown");
  // Some browsers open the list first.
  await page.keyboard.press("Enter");
  await settled(`!document.querySelector("form.filter [role=status]").hidden`);
  const ofFactor = await see();
  const { id } = registry.find((known) => known.name === factor);
  const addressed = reviews.filter((review) => !review.withdrawn).flatMap(({ actions = [] }) => actions).filter(({ addresses = [] }) => addresses.some((given) => canonical.get(given) === id));
  expect("finds the changes against a factor", [ofFactor.status[0], ofFactor.changes.length], [addressed.length, addressed.length]);
  expect("shows nothing else", ofFactor.changes.every((row) => row.includes(factor)), true);
  expect("counts them in the headings", ofFactor.headings, Object.values(ofFactor.parts));
  expect("remembers the factor", new URLSearchParams(ofFactor.address).get("factor"), factor);
  await page.click("form.filter [type=reset]");
  await settled(`document.querySelector("form.filter [role=status]").hidden`);
  const after = await see();
  expect("shows what it showed", [after.parts, after.headings, after.changes.length], [before.parts, before.headings, before.changes.length]);
  expect("counts more than it shows, or as many", total >= before.changes.length, true);

  await page.setJavaScriptEnabled(false);
  await open("factors/index.html");
  const plain = await see();
  expect("lists every factor without scripts", [plain.form, plain.names], [0, all.names]);
  await open("controls/index.html");
  const still = await see();
  expect("lists changes without scripts", [still.form, still.parts, still.headings], [0, before.parts, before.headings]);
  await context.close();
}

const site = await serve(folder, base, { "content-security-policy": POLICY });
try {
  await narrow(`${site.origin}${base}`, "served");
  await narrow(`${pathToFileURL(folder)}/`, "from the disk");
  console.log(JSON.stringify(report));
} finally {
  await browser.close();
  site.stop();
}
