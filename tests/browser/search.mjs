// Searches a built site as its readers do, and prints what is wrong as JSON: {"looked": 50, "complaints": []}.
//
//   node search.mjs FOLDER BASE_PATH
//
// FOLDER holds the demo, with `<img src=x onerror=…>` and "rollback" in the title of a review. The server sends the strictest
// policy under which the site has to work; what a browser has to say about it is a complaint.
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { serve } from "./site.mjs";

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'";
const [folder, base] = process.argv.slice(2);
const complaints = [];
let looked = 0;
let gate = { of: /^$/, open: Promise.resolve() };

const site = await serve(folder, base, { "content-security-policy": POLICY }, (path) => (gate.of.test(path) ? gate.open : undefined));
const browser = await puppeteer.launch({
  executablePath: process.env.CASEBOOK_BROWSER,
  args: ["--no-sandbox", "--disable-gpu", "--force-prefers-reduced-motion", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const home = `${site.origin}${base}`;

/** Everything that a reader can know of the search, as data. Runs in the page. */
function state() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const text = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const input = document.querySelector("#search");
  const active = document.getElementById(input?.getAttribute("aria-activedescendant") ?? "");
  const page = document.querySelector("#search-page");
  return {
    url: location.href,
    query: input?.value,
    focus: document.activeElement === input,
    focused: document.activeElement?.value,
    role: input?.getAttribute("role"),
    expanded: input?.getAttribute("aria-expanded"),
    controls: document.getElementById(input?.getAttribute("aria-controls") ?? "")?.getAttribute("role"),
    status: text(document.querySelector('form.search [role="status"]')),
    note: text(document.querySelector(".search-note:not([hidden])")),
    dialog: document.querySelector("dialog.search-dialog")?.open ?? false,
    opener: document.activeElement?.matches(".find") ?? false,
    scrolled: scrollY,
    options: all(".search-dialog[open] [role=option]").map((option) => ({
      title: text(option.querySelector(".search-title")) || text(option),
      excerpt: text(option.querySelector(".search-excerpt")),
      marks: [...option.querySelectorAll("mark")].map(text),
      place: new URL(option.href).hash,
      href: option.href,
      chosen: option.getAttribute("aria-selected") === "true" && option === active,
      height: option.getBoundingClientRect().height,
    })),
    hint: document.querySelector(".find kbd")?.checkVisibility() ?? false,
    way: document.querySelector(".find")?.tagName,
    box: document.querySelector("form.search")?.checkVisibility() ?? false,
    shown: page?.checkVisibility() ?? false,
    summary: text(page?.querySelector('[data-part="summary"]')),
    results: all('[data-part="results"] > li').map((row) => ({
      title: text(row.querySelector("h2")),
      link: row.querySelector("h2 a").href,
      sections: [...row.querySelectorAll(".search-sections a")].map((link) => new URL(link.href).hash),
      excerpts: [...row.querySelectorAll(".search-excerpt")].map(text),
    })),
    facets: Object.fromEntries(all(".facet").map((facet) => [facet.dataset.column, [...facet.querySelectorAll("label")].map((label) => ({
      value: label.querySelector("input").value,
      checked: label.querySelector("input").checked,
      count: Number(text(label.querySelector(".count"))),
    }))])),
    ways: all("#search-fallback a").filter((link) => link.checkVisibility()).length,
    highlights: globalThis.CSS?.highlights?.get("search")?.size ?? 0,
    remove: Boolean(document.querySelector("button.highlights")),
    help: document.querySelector('[data-part="help"]')?.checkVisibility() ?? false,
    tallest: Math.max(0, ...all(".facet").map((facet) => facet.getBoundingClientRect().height)),
    images: all("main img, dialog img").length,
    attacked: Boolean(globalThis.attacked),
  };
}

/** A tab at `address`; what it says on its console and about the policy is a complaint, unless it is `expected`. */
async function open(what, address, { expected = /^$/, script = true, ready = true } = {}) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  const complain = (said) => expected.test(said) || complaints.push(`${what}: ${said}`);
  page.on("console", (message) => complain(message.text()));
  page.on("pageerror", (error) => complain(error.message));
  page.on("dialog", (dialog) => (complain("a script of a text ran"), dialog.dismiss()));
  await page.evaluateOnNewDocument(() => addEventListener("securitypolicyviolation", (event) => console.warn(`against the policy: ${event.violatedDirective} ${event.blockedURI}`)));
  if (!script) await page.setJavaScriptEnabled(false);
  const loaded = page.goto(address, { waitUntil: "load" });
  if (ready) await loaded;
  else await page.waitForSelector("#search, button.find");
  let said = "nothing";
  /** Waits until what the reader sees `holds`. */
  const see = async (name, holds) => {
    looked += 1;
    for (const end = Date.now() + 8000; Date.now() < end; await new Promise((done) => setTimeout(done, 20))) {
      const seen = await page.evaluate(state).catch(() => null);
      if (seen && holds(seen)) return seen;
      said = JSON.stringify(seen);
    }
    complaints.push(`${what}: never saw ${name}; at last ${said}`);
    throw new Error("unseen");
  };
  const type = (text) => page.type("#search", text);
  const press = (key) => page.keyboard.press(key);
  const retype = async (text) => {
    await page.click("#search", { count: 3 });
    await press("Backspace");
    await type(text);
  };
  return { page, see, type, press, retype, loaded };
}

const isIn = (part) => (text) => text.toLowerCase().includes(part);
// The list is of all words that were typed, not of their beginning.
const isOf = ({ options }, words) => options.length > 0 && new URL(options[0].href).searchParams.get("highlight") === words;
const found = (seen) => Number(/: (\d+)/.exec(seen.status)?.[1] ?? -1);

const scenarios = {
  async "typing in the box of a page"() {
    const { page, see, type, retype } = await open("typing", home);
    await see("the button with the hint of the key", ({ hint, way, dialog }) => hint && way === "BUTTON" && !dialog);
    await page.click(".find");
    await see("the box in a dialog", ({ dialog, focus, role }) => dialog && focus && role === "combobox");
    await type("certificate expir");
    const seen = await see("results with an excerpt and marks", ({ options, expanded, controls }) => options[0]?.marks.length && expanded === "true" && controls === "listbox");
    if (!/certificate/.test(seen.options[0].title)) complaints.push(`typing: the first result is ${seen.options[0].title}`);
    if (!seen.options[0].marks.some(isIn("certificate"))) complaints.push(`typing: only ${seen.options[0].marks} is marked`);
    if (seen.options.some(({ height }) => height < 44)) complaints.push("typing: a result is too small to be touched");
    await see("the number of results in the live region", (seen) => found(seen) >= 1);
    await retype("rollbck");
    await see("what was looked for instead", ({ note, status, options }) => /“rollbck”.*rollback/.test(note) && /rollback/.test(status) && options.length);
    await retype("service:chekout");
    await see("that no review has the value", ({ note, status, options }) => /“service:chekout”.*service:"card checkout"/.test(note) && /card checkout/.test(status) && !options.length);
    await retype("zzzzqqqq");
    await see("that there is nothing", ({ note, options, expanded }) => /“zzzzqqqq”/.test(note) && !options.length && expanded === "false");
    await retype("certificate");
    await see("results again", ({ options }) => options.length);
    await page.mouse.click(5, 5);
    await see("that the dialog goes, and the focus is back", ({ dialog, opener }) => !dialog && opener);
    await page.click(".find");
    await see("the words and results of before", ({ options, query }) => options.length && query === "certificate");
    await page.click(".search-dialog button");
    await see("that its button closes it", ({ dialog, opener }) => !dialog && opener);
  },

  async "the keyboard alone"() {
    const { page, see, press } = await open("keyboard", home);
    await press("/");
    await see("the focus after /", ({ focus, query }) => focus && query === "");
    await page.keyboard.type("payouts");
    const all = await see("results", (seen) => seen.options.length > 2 && isOf(seen, "payouts"));
    await press("ArrowDown");
    await press("ArrowDown");
    await see("the second result chosen", ({ options }) => options[1].chosen && options.filter(({ chosen }) => chosen).length === 1);
    await press("ArrowUp");
    await press("ArrowUp");
    await press("ArrowUp");
    await see("the last result chosen from above the first", ({ options }) => options.at(-1).chosen);
    // What is chosen stays chosen when the list is made anew.
    await press("ArrowDown");
    await press("ArrowDown");
    const chosen = await see("the first result chosen", ({ options }) => options[0].chosen);
    await page.keyboard.type(" ");
    await page.evaluate(() => document.querySelector(".search-dialog [role=option]").classList.add("before"));
    await page.keyboard.press("Backspace");
    await page.waitForFunction(() => document.querySelector(".search-dialog [role=option]") && !document.querySelector(".search-dialog .before"), { timeout: 8000 });
    await see("the same result chosen in the new list", ({ options }) => options.some(({ chosen: is, title }) => is && title === chosen.options[0].title));
    await press("ArrowUp");
    await press("Escape");
    await see("the page again", ({ dialog, options }) => !dialog && !options.length);
    await page.evaluate(() => scrollTo({ top: 700, behavior: "instant" }));
    await press("/");
    await see("the words and the list again, over the place that was read", ({ options, query, focus, scrolled }) => options.length === all.options.length && query === "payouts" && focus && scrolled === 700);
    await press("ArrowDown");
    await see("the first result chosen", ({ options }) => options[0].chosen);
    await press("Enter");
    await see("the page of the first result, with highlights", ({ url, highlights }) => url === all.options[0].href && highlights > 0);
    await page.keyboard.down("Control");
    await press("k");
    await page.keyboard.up("Control");
    await see("the focus after Ctrl K", ({ focus, dialog }) => focus && dialog);
    await page.keyboard.type("a/b");
    await see("that / is a letter in the box", ({ query }) => query === "a/b");
    await page.click("#search", { count: 3 });
    await page.keyboard.type("ledger");
    await press("Enter");
    await see("the page of search", ({ url, results, query }) => url.endsWith("search.html?q=ledger") && results.length && query === "ledger");
  },

  async "facets, the address and the way back"() {
    const { page, see, type } = await open("facets", `${home}search.html`);
    await see("the box with the focus", ({ focus, shown }) => focus && shown);
    await type("payouts");
    // The address changes before the results do: those of what was typed before are not meant.
    let [last, since] = ["", 0];
    const isStill = (seen) => {
      const now = JSON.stringify(seen);
      if (now !== last) [last, since] = [now, Date.now()];
      return Date.now() - since > 500;
    };
    const all = await see("results with counts", ({ url, results, facets }) => isStill([url, results, facets]) && url.endsWith("?q=payouts") && results.length > 2 && facets.service?.length > 1);
    const [column, value] = Object.entries(all.facets).flatMap(([column, values]) => values.map((value) => [column, value])).find(([, { count }]) => count > 0 && count < all.results.length);
    const box = `[data-column="${column}"] input[value="${value.value}"]`;
    // Results of what was typed before may still be replaced; what has the focus then keeps it.
    await page.waitForFunction((box) => (document.querySelector(box)?.focus(), document.activeElement?.matches(box)), {}, box);
    await page.keyboard.press("Space");
    const narrow = await see(`the ${value.count} results of ${value.value}`, (seen) => found(seen) === value.count && seen.results.length === value.count);
    if (narrow.focused !== value.value) complaints.push(`facets: the focus is on ${narrow.focused}`);
    if (new URL(narrow.url).searchParams.get(column) !== value.value) complaints.push(`facets: the address is ${narrow.url}`);
    const shared = await open("a shared address", narrow.url);
    await shared.see("the same results", ({ results, query, facets }) => query === "payouts" && JSON.stringify(results.map(({ title }) => title)) === JSON.stringify(narrow.results.map(({ title }) => title)) && facets[column].some(({ checked, value: own }) => checked && own === value.value));
    await shared.page.close();
    await page.goBack();
    await see("all results after the way back", ({ results, facets }) => results.length === all.results.length && !facets[column].some(({ checked }) => checked));
    await page.goForward();
    await see("the narrow ones after the way forward", ({ results }) => results.length === value.count);
    await page.select('[data-part="sort"]', "newest");
    await see("the order in the address", ({ url }) => url.includes("sort=newest"));
    await page.click(".search-results h2 a");
    await see("a result with highlights", ({ url, highlights }) => /reviews\/.*highlight=payouts/.test(url) && highlights > 0);
    await page.goBack();
    await see("the same question after the way back", ({ query, results }) => query === "payouts" && results.length === value.count);
  },

  async "sections and their excerpts"() {
    const { page, see } = await open("sections", `${home}search.html?q=signing+key`);
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.reload();
    const seen = await see("sections with excerpts", ({ results }) => results[0]?.excerpts.length && results.every(({ excerpts }) => excerpts.every((excerpt) => excerpt.length > 30)));
    if (seen.results.some(({ sections }) => sections.length > 3)) complaints.push("sections: more than three of a review");
    if (seen.results.some(({ link, sections }) => link.includes("#") || sections.includes("#summary"))) complaints.push("sections: a title or a summary leads below the title");
    if (asked.some((url) => url.includes("/reviews/"))) complaints.push("sections: whole reviews are fetched for excerpts");
    if (!seen.tallest || seen.tallest > 320) complaints.push(`facets: one is ${seen.tallest} px high`);
    const first = seen.results[0].sections[0];
    await page.click(".search-sections a");
    await see("the section", ({ url, highlights, remove }) => url.endsWith(first) && highlights > 0 && remove);
    const isThere = await page.evaluate(() => document.getElementById(location.hash.slice(1))?.getBoundingClientRect().top < innerHeight);
    if (!isThere) complaints.push(`sections: ${first} is not in sight`);
    await page.click("button.highlights");
    await see("the page without highlights", ({ url, highlights, remove }) => !highlights && !remove && !url.includes("highlight="));
  },

  async "phrases, exclusions and fields"() {
    const { see, retype } = await open("the language", `${home}search.html?q=%22signing%20key%22`);
    const phrase = await see("the phrase", ({ results }) => results.length);
    await retype('"key signing"');
    await see("that the words do not follow each other", (seen) => found(seen) === 0 || /“"key signing"”/.test(seen.summary));
    await retype("signing key -partner");
    await see("fewer results without a word", ({ results, url }) => url.includes("-partner") && !results.some(({ title }) => title === phrase.results[0].title));
    await retype("severity:P1 year:2026");
    await see("what fields say", ({ results, facets }) => results.length && (facets.severity ?? []).every(({ value, count }) => value === "P1" || count === 0));
    await retype("service:chekout");
    await see("the value that may be meant", ({ summary, results }) => /“service:chekout”.*service:"card checkout"/.test(summary) && !results.length);
    await retype("team:payouts");
    await see("that it is no field", ({ summary, results }) => /“team” is not a field.*owner/.test(summary) && results.length);
  },

  async "words typed before anything is loaded"() {
    for (const [name, held] of [["", /search-engine/], ["", /search\/index/], ["search.html", /search-/]]) {
      let release;
      gate = { of: held, open: new Promise((done) => (release = done)) };
      const { page, see, type, loaded } = await open(`early ${name}`, home + name, { ready: false });
      if (!name) await page.click(".find");
      await type("certificate");
      gate = { of: /^$/, open: undefined };
      release();
      await loaded;
      await see("results for what was typed", ({ options, results }) => options.length || results.length);
      await page.close();
    }
  },

  async "without a network"() {
    const { page, see, type, retype } = await open("offline", home, { expected: /ERR_INTERNET_DISCONNECTED/ });
    await page.click(".find");
    await type("certificate");
    const before = await see("results", ({ options }) => options[0]?.excerpt);
    await page.setOfflineMode(true);
    await retype("certificat");
    await see("results of what was loaded", ({ options }) => options[0]?.title === before.options[0].title);
    await retype("rollbck");
    await see("that the search could not load", ({ note, status, options }) => /could not load/.test(note) && /could not load/.test(status) && !options.length);
    await retype("certificate");
    await see("results that are still at hand", ({ options }) => options[0]?.title === before.options[0].title);
    await page.setOfflineMode(false);
    await retype("rollbck");
    await see("results with the network again", ({ note, options }) => /rollback/.test(note) && options.length);
    await page.close();
    const late = await open("offline on the page of search", `${home}search.html`, { expected: /ERR_INTERNET_DISCONNECTED/ });
    await late.see("the page", ({ shown }) => shown);
    await late.page.setOfflineMode(true);
    await late.type("zzzzzq");
    await late.see("ways that still work", ({ summary, ways }) => /could not load/.test(summary) && ways > 2);
  },

  async "pages opened from the disk"() {
    const { page, see, type } = await open("from disk", `${pathToFileURL(folder)}/index.html`);
    await page.click(".find");
    await type("signing key");
    const seen = await see("results with excerpts", (seen) => isOf(seen, "signing key") && seen.options[0].excerpt.length > 30 && seen.options[0].marks.length);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await see("the page of the result, with highlights", ({ url, highlights }) => url === seen.options[0].href && highlights > 0);
    await page.goto(`${pathToFileURL(folder)}/search.html?q=${encodeURIComponent('"signing key"')}`);
    await see("the phrase with excerpts and counts", ({ results, facets }) => results.length && results.every(({ excerpts }) => excerpts.every(Boolean)) && facets.severity.length);
    await page.goto(`${pathToFileURL(folder)}/search.html?q=${encodeURIComponent('"key signing"')}`);
    await see("that the words do not follow each other", ({ results, summary }) => !results.length && summary);
  },

  async "without scripts"() {
    const { page, see } = await open("no scripts", home, { script: false });
    await see("a link without the hint", ({ hint, way, box }) => !hint && way === "A" && !box);
    await page.click(".find");
    await see("the page with the ways to every review", ({ url, shown, ways }) => url.endsWith("search.html") && !shown && ways > 2);
    await see("no box, which could not work", ({ box }) => box === false);
    if (!(await page.evaluate(() => document.querySelector("noscript")?.checkVisibility()))) complaints.push("no scripts: the page of search does not say why");
  },

  async "texts that look like markup"() {
    const attack = "<img src=x onerror=\"globalThis.attacked=1\">";
    const { page, see, type, retype } = await open("markup", home);
    await page.click(".find");
    await type(attack);
    await see("the question as text", ({ note, options, images, attacked }) => !images && !attacked && (note.includes("<img") || options.length));
    await retype("out of reach");
    await see("the title as text", ({ options, images, attacked }) => options.some(({ title }) => title.includes("<img src=x")) && !images && !attacked);
    await page.goto(`${home}search.html?q=${encodeURIComponent(attack + " qqqqzz")}&factor=${encodeURIComponent(attack)}&sort=${encodeURIComponent(attack)}`);
    await see("the address as text", ({ shown, query, images, attacked }) => shown && query.startsWith(attack) && !images && !attacked);
    await page.goto(`${home}search.html?q=out+of+reach`);
    await see("the title as text on the page of search", ({ results, images, attacked }) => results.some(({ title }) => title.includes("<img src=x")) && !images && !attacked);
    await page.goto(`${home}index.html?highlight=${encodeURIComponent(attack)}`);
    await see("that a hostile highlight does nothing", ({ images, attacked }) => !attacked && images === 0);
  },

  async "the header of a phone"() {
    for (const script of [true, false]) {
      const { page, see } = await open("a phone", home, { script });
      await page.setViewport({ width: 390, height: 844 });
      const height = await page.evaluate(() => document.querySelector(".site-header").getBoundingClientRect().height);
      if (height > 64) complaints.push(`a phone: the header is ${height} px high`);
      const isMenu = () => document.querySelector("#menu a").checkVisibility();
      if (await page.evaluate(isMenu)) complaints.push("a phone: the menu is open");
      await page.focus(".open-menu");
      await page.keyboard.press("Enter");
      if (!(await page.evaluate(isMenu))) complaints.push(`a phone: the menu does not open ${script ? "with" : "without"} scripts`);
      await page.keyboard.press("Escape");
      const left = await page.evaluate(() => !document.querySelector("#menu a").checkVisibility() && document.activeElement.matches(".open-menu"));
      if (!left) complaints.push("a phone: Escape does not lead from the menu to its button");
      await see("the page", ({ way }) => way === (script ? "BUTTON" : "A"));
    }
  },

  async "a list narrowed in place"() {
    const { page, see } = await open("a list", `${home}reviews/index.html`);
    const lines = () => [...document.querySelectorAll(".line")].filter((line) => line.checkVisibility()).map((line) => line.querySelector("a").textContent);
    const all = await page.evaluate(lines);
    const tallest = await page.evaluate(() => Math.max(...[...document.querySelectorAll(".line")].map((line) => line.getBoundingClientRect().height)));
    if (tallest > 70) complaints.push(`a list: a line is ${tallest} px high`);
    await page.type(".narrow input", "CERTIFICATE webhooks");
    const some = await page.evaluate(lines);
    if (!(some.length && some.length < all.length && some.every((title) => /certificate/i.test(title)))) complaints.push(`a list: it shows ${some}`);
    const said = await page.evaluate(() => document.querySelector(".narrow [role=status]").textContent);
    if (said !== `${some.length} of ${all.length} on this page`) complaints.push(`a list: it says ${said}`);
    if (await page.evaluate(() => [...document.querySelectorAll("main h2")].some((year) => year.checkVisibility() && !year.parentNode.querySelector(".line:not([hidden])")))) complaints.push("a list: an empty year stays");
    await page.keyboard.press("Enter");
    await see("all reviews searched for the words", ({ url, results, query }) => url.includes("search.html?q=CERTIFICATE+webhooks") && results.length && query === "CERTIFICATE webhooks");
    await page.goBack();
    await page.waitForFunction(() => document.querySelector(".narrow [role=status]").textContent);
    await see("the page", ({ way }) => way === "BUTTON");
  },

  async "nothing found on the page of search"() {
    const { see } = await open("empty", `${home}search.html?q=zzzzqqqq`);
    await see("help and ways on, and the words once", ({ summary, results, ways, help }) => summary.split("“zzzzqqqq”").length === 2 && !results.length && ways > 2 && help);
    const filtered = await open("empty", `${home}search.html?q=certificate&service=ledger`);
    await filtered.see("no results with that filter", ({ summary, results, help }) => summary && !results.length && help);
    await filtered.page.click('[data-part="clear"]');
    await filtered.see("results without the filter", ({ results, url, help }) => results.length && !url.includes("service") && !help);
    const slip = await open("empty", `${home}search.html?q=rollbck`);
    await slip.see("what was looked for instead", ({ summary, results }) => /“rollbck”.*rollback/.test(summary) && results.length);
  },
};

try {
  for (const [name, scenario] of Object.entries(scenarios)) {
    await scenario().catch((error) => error.message === "unseen" || complaints.push(`${name}: ${error.message}`));
    for (const page of (await browser.pages()).slice(1)) await page.close();
  }
  console.log(JSON.stringify({ looked, complaints }));
} finally {
  await browser.close();
  site.stop();
}
