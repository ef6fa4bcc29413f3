// Looks at the reviews of a built site: the ribbon against the timeline, the exercise, the links of headings, and how far
// down the root cause stands. Prints what is wrong as JSON: {"looked": 3, "marks": 40, "practised": 3, "causes": [2100], "complaints": []}.
//
//   node review.mjs FOLDER BASE_PATH
import puppeteer from "puppeteer-core";
import { pages, serve } from "./site.mjs";

const [folder, base] = process.argv.slice(2);
const complaints = [];
const causes = [];
let [looked, marks, practised, shortened] = [0, 0, 0, 0];
const site = await serve(folder, base);
const browser = await puppeteer.launch({ executablePath: process.env.CASEBOOK_BROWSER, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();

/** The ribbon as it is drawn and as the timeline has it. Runs in the page. */
function ribbon() {
  const svg = document.querySelector(".ribbon > svg");
  if (!svg) return null;
  const number = (part, key) => parseFloat(part.getAttribute(key));
  const box = (part) => (({ left, right, top, bottom }) => ({ left, right, top, bottom }))(part.getBoundingClientRect());
  const labels = [...svg.querySelectorAll(":scope > text")];
  const lines = [...svg.querySelectorAll(":scope > line")];
  const parts = [...svg.querySelectorAll("rect")].map((part) => ({ x: number(part, "x"), width: number(part, "width"), state: part.getAttribute("class"), isCut: part.nextElementSibling?.matches(".cut") ?? false }));
  const entry = (label) => document.getElementById(label.querySelector("a")?.getAttribute("href").slice(1));
  const marked = "introduced impact-started detected responded cause-identified mitigated resolved".split(" ");
  const name = (part) => part.textContent.trim();
  return {
    labels: labels.map((label, at) => ({ x: number(label, "x"), line: number(lines[at], "x1"), name: (label.querySelector("a")?.textContent ?? label.firstChild.textContent).trim(), box: box(label), mark: box(lines[at]), time: Date.parse(entry(label)?.querySelector("time")?.dateTime), isOfEntry: entry(label) ? [...entry(label).querySelectorAll(".mark")].map(name) : null })),
    lines: lines.length,
    parts,
    frame: box(svg),
    overflow: document.documentElement.scrollWidth - innerWidth,
    // Marks of the timeline with a time of day, or of the introduction, which may be a day.
    marks: [...document.querySelectorAll(".timeline .mark")].filter((mark) => marked.some((id) => mark.classList.contains(`mark-${id}`)) && (mark.closest(".timeline > li").querySelector("time[datetime*=T]") || mark.classList.contains("mark-introduced"))).map((mark) => `${mark.closest(".timeline > li").id} ${name(mark)}`),
    named: labels.map((label) => `${entry(label)?.id} ${label.querySelector("a")?.textContent.trim()}`),
  };
}

function checkDrawing(at, check) {
  check(at.overflow <= 0, `overflows by ${at.overflow}`);
  check(at.lines === at.labels.length, `${at.lines} marks and ${at.labels.length} labels`);
  for (const mark of at.marks) check(at.named.includes(mark), `has no mark for ${mark}`);
  const meets = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  at.labels.forEach((label, index) => {
    check(label.name.length > 1 && label.x === label.line, `a mark without words at ${label.x}`);
    check(!label.isOfEntry || label.isOfEntry.includes(label.name), `${label.name} leads to an entry with ${label.isOfEntry}`);
    check(label.box.left >= at.frame.left - 1 && label.box.right <= at.frame.right + 1, `${label.name} leaves the drawing`);
    check(label.box.top >= at.frame.top - 3 && label.box.bottom <= at.frame.bottom + 3, `${label.name} is above or below the drawing`);
    at.labels.forEach((other, place) => {
      if (place > index) check(!meets(label.box, other.box), `${label.name} meets ${other.name}`);
      if (place !== index) check(!(label.box.left < other.mark.left && other.mark.right < label.box.right && meets(label.box, other.mark)), `the mark of ${other.name} crosses ${label.name}`);
    });
  });
}

/** Places are those of the times: one scale for all but the stretches that say otherwise, and impact has half of the room. */
function checkScale(at, check) {
  const scales = [];
  for (const [index, next] of at.labels.slice(1).entries()) {
    const label = at.labels[index];
    check(next.x >= label.x, `${next.name} stands before ${label.name}`);
    const part = at.parts.find(({ x, width }) => Math.abs(x - label.x) < 0.05 && Math.abs(x + width - next.x) < 0.05);
    if (!(next.time > label.time)) continue;
    if (part?.isCut) check(part.state === "calm", `impact before ${next.name} is shortened`);
    else scales.push({ time: next.time - label.time, width: next.x - label.x, name: next.name });
  }
  const sum = (key) => scales.reduce((all, scale) => all + scale[key], 0);
  for (const { time, width, name } of scales) {
    const wanted = (time * sum("width")) / sum("time");
    check(Math.abs(width - wanted) < 0.25, `${name} is ${width} wide instead of ${wanted}`);
  }
  const impact = at.parts.filter(({ state }) => state === "impact").reduce((all, { width }) => all + width, 0);
  check(!impact || impact >= 49.9, `impact has ${impact} of 100`);
  const end = at.parts.at(-1).x + at.parts.at(-1).width;
  check(Math.abs(end - 100) < 0.3, `ends at ${end}`);
}

async function practise(check) {
  const state = () =>
    page.evaluate(() => {
      const seen = (part) => part?.checkVisibility() ?? false;
      const entries = [...document.querySelectorAll(".timeline > li")];
      return {
        entries: entries.filter(seen).length,
        all: entries.length,
        isInOrder: entries.map(seen).join().lastIndexOf("true") < Math.max(entries.map(seen).join().indexOf("false"), 0) || entries.every(seen),
        spoilers: [...document.querySelectorAll(".lead, .short, .questions, .ribbon, .contents, .block-root-cause, .block-factors, .block-actions, .reflection")].filter(seen).length,
        panel: seen(document.querySelector(".practice")),
        focus: document.activeElement.matches(".practice button:first-of-type") ? "next" : document.activeElement.id,
        next: document.querySelector(".practice button").textContent,
        live: document.querySelector(".timeline").getAttribute("aria-live"),
        count: document.querySelector(".practice p + p").textContent,
      };
    });
  const whole = await state();
  const forward = (await page.evaluate(() => document.documentElement.dir)) === "rtl" ? "ArrowLeft" : "ArrowRight";
  await page.focus("#practise");
  await page.keyboard.press("Enter");
  const first = await state();
  check(first.entries === 1 && first.isInOrder && first.spoilers === 0 && first.panel && first.live === "polite", `begins with ${JSON.stringify(first)}`);
  await page.keyboard.press("Enter");
  await page.keyboard.press(forward);
  const third = await state();
  check(third.entries === 3 && third.isInOrder && third.focus === "next" && third.count === `3 / ${third.all}`, `the third entry: ${JSON.stringify(third)}`);
  await page.emulateMediaType("print");
  const sheet = await page.evaluate(() => {
    const entries = [...document.querySelectorAll(".timeline > li")];
    return entries.filter((entry) => entry.offsetHeight > 120 && getComputedStyle(entry.querySelector(".words"), "::after").content.length > 4).length;
  });
  check(sheet === third.all, `the sheet has room below ${sheet} entries`);
  await page.emulateMediaType("screen");
  await page.focus(".practice button");
  for (let left = third.all - 3; left > 0; left -= 1) await page.keyboard.press("Enter");
  const last = await state();
  check(last.entries === last.all && last.spoilers === 0 && last.next !== first.next, `the last entry: ${JSON.stringify(last)}`);
  await page.keyboard.press("Enter");
  const end = await state();
  check(end.spoilers === whole.spoilers && end.panel && end.live === null, `ends with ${JSON.stringify(end)}`);
  await page.keyboard.press(forward);
  check((await state()).spoilers === whole.spoilers, "goes on after its end");
  await page.keyboard.press("Enter");
  check((await state()).entries === 1, "does not start again");
  await page.keyboard.press("Escape");
  const left = await state();
  check(!left.panel && left.entries === left.all && left.spoilers === whole.spoilers && left.focus === "practise", `Escape leaves ${JSON.stringify(left)}`);
}

/** Headings and entries that do not lead to themselves, or do not show it. Runs in the page. */
function links() {
  const wrong = [];
  for (const part of document.querySelectorAll(".review .block > h2, .questions > h2, .timeline > li[id]:has(time)")) {
    const link = part.querySelector(part.matches("h2") ? ":scope > a" : ".when");
    const id = part.id;
    if (link?.getAttribute("href") !== `#${id}`) wrong.push(`${id} does not lead to itself`);
    const before = link && getComputedStyle(link, "::after").opacity;
    link?.focus({ focusVisible: true });
    if (link && !(before < 1 && getComputedStyle(link, "::after").opacity === "1")) wrong.push(`${id} does not show its sign on focus`);
  }
  return wrong;
}

for (const { name, html } of pages(folder).filter(({ html }) => html.includes('<article class="review"'))) {
  const check = (isRight, what) => isRight || complaints.push(`${name}: ${what}`);
  const onError = (error) => complaints.push(`${name}: ${error.message}`);
  page.on("pageerror", onError);
  for (const width of [320, 390, 1280]) {
    await page.setViewport({ width, height: 844 });
    await page.goto(`${site.origin}${base}${name}`, { waitUntil: "load" });
    const at = await page.evaluate(ribbon);
    const here = (isRight, what) => check(isRight, `at ${width}: ${what}`);
    if (at) checkDrawing(at, here);
    if (at && width === 1280) {
      checkScale(at, here);
      marks += at.labels.length;
      if (at.parts.some(({ isCut }) => isCut)) shortened += 1;
    }
    if (width === 390) {
      const cause = await page.evaluate(() => document.querySelector(".block-root-cause")?.getBoundingClientRect().top);
      if (cause) causes.push(Math.round(cause));
    }
  }
  for (const wrong of await page.evaluate(links)) check(false, wrong);
  const [isSeen, isMoving] = await page.evaluate(async () => {
    const here = document.querySelector(".here line");
    const entries = document.querySelectorAll(".timeline > li:has(time[datetime*=T])");
    const put = async (entry) => {
      entry.scrollIntoView({ block: "start", behavior: "instant" });
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return parseFloat(here.getAttribute("x1"));
    };
    if (!here || entries.length < 3) return [true, true];
    return [here.closest("svg").checkVisibility(), (await put(entries[0])) <= (await put([...entries].at(-1)))];
  });
  check(isSeen && isMoving, "the line beside the timeline does not go with the reader");
  if (html.includes("id=\"practise\"") || html.includes("id=practise")) {
    await practise(check);
    practised += 1;
  }
  page.off("pageerror", onError);
  looked += 1;
}
await page.setJavaScriptEnabled(false);
for (const { name } of pages(folder).filter(({ html }) => html.includes("practise")).slice(0, 1)) {
  await page.goto(`${site.origin}${base}${name}`, { waitUntil: "load" });
  const seen = await page.$$eval("#practise, .practice", (parts) => parts.filter((part) => part.checkVisibility()).length);
  if (seen) complaints.push(`${name}: without scripts the exercise is offered`);
}
await browser.close();
site.stop();
console.log(JSON.stringify({ looked, marks, practised, shortened, causes, complaints }));
