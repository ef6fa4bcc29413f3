// Reads the times of a built site as somebody in Tokyo, and prints what is wrong as JSON: {"looked": 3, "complaints": []}.
//
//   node zone.mjs FOLDER BASE_PATH
import puppeteer from "puppeteer-core";
import { pages, serve } from "./site.mjs";

const [folder, base] = process.argv.slice(2);
const complaints = [];
let [looked, moved] = [0, 0];
const site = await serve(folder, base);
const browser = await puppeteer.launch({ executablePath: process.env.CASEBOOK_BROWSER, args: ["--no-sandbox", "--disable-gpu"] });

/** What the page says of times. Runs in the page. */
function state() {
  const day = (time) => new Date(time.dateTime).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric" });
  const clock = (time) => new Date(time.dateTime).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const times = [...document.querySelectorAll(".timeline time[datetime*=T]")];
  const heading = (time) => time.closest(".timeline").previousElementSibling.textContent;
  return {
    html: [...document.querySelectorAll(".ribbon, .block-timeline")].map((part) => part.outerHTML.replace(/>\s+</g, "><")).join(""),
    wrongDays: times.filter((time) => heading(time) !== day(time)).map((time) => `${time.dateTime} under ${heading(time)}`),
    wrongClocks: times.filter((time) => !time.textContent.includes(clock(time))).map((time) => `${time.dateTime} as ${time.textContent}`),
    // The ribbon tells how long after the start of impact each phase was, which is the same in every zone.
    zoned: [...document.querySelectorAll(".ribbon text, .ribbon figcaption")].map((part) => part.textContent).filter((text) => /\d\d:\d\d|UTC/.test(text)),
    repeated: times.filter((time) => /\(/.test(time.textContent) && !time.dataset.until).map((time) => time.textContent),
    note: document.querySelector(".zone span")?.textContent,
    button: document.querySelector("[data-zone]:not([hidden])")?.textContent,
    crosses: times.some((time) => new Date(time.dateTime).getDate() !== new Date(time.dateTime).getUTCDate()),
  };
}

for (const { name, html } of pages(folder).filter(({ html }) => html.includes("data-zone="))) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const check = (isRight, what) => isRight || complaints.push(`${name}: ${what}`);
  page.on("pageerror", (error) => complaints.push(`${name}: ${error.message}`));
  await page.emulateTimezone("Asia/Tokyo");
  const open = async () => {
    await page.goto(`${site.origin}${base}${name}`, { waitUntil: "load" });
    return page.evaluate(state);
  };
  const own = (at, when) => {
    for (const what of ["wrongDays", "wrongClocks", "zoned", "repeated"]) check(!at[what].length, `${when}: ${what}: ${at[what].join(", ")}`);
    check(/UTC/.test(at.button), `${when}: the button offers ${at.button}`);
    check(/Asia\/Tokyo/.test(at.note), `${when}: the note says ${at.note}`);
  };
  const before = await open();
  check(/time zone/.test(before.button), `the button offers ${before.button}`);
  await page.click("[data-zone]");
  own(await page.evaluate(state), "after a click");
  own(await open(), "after coming back");
  await page.click("[data-zone]");
  const after = await page.evaluate(state);
  const other = [...after.html].findIndex((letter, at) => letter !== before.html[at]);
  check(after.html === before.html, `does not return to UTC as it was: ${after.html.slice(other - 60, other + 60)}`);
  await page.emulateTimezone("UTC");
  check((await open()).button === undefined, "offers UTC to readers in UTC");
  looked += 1;
  if (before.crosses) moved += 1;
  await context.close();
}
await browser.close();
site.stop();
console.log(JSON.stringify({ looked, moved, complaints }));
