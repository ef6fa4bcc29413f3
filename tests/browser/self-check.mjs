// Answers the questions of a built site as its readers do, and prints what is wrong as JSON: {"looked": 20, "complaints": []}.
//
//   node self-check.mjs FOLDER BASE_PATH
//
// FOLDER holds the demo. It is opened through a server, below a path, and as files from the disk.
import { pathToFileURL } from "node:url";
import { POLICY, launch, reader } from "./reader.mjs";
import { serve } from "./site.mjs";

const REVIEW = "reviews/2026-04-20-name-service.html";
const OTHER_REVIEW = "reviews/2026-03-19-broker-upgrade.html";
const FACTOR = "factors/single-point-of-failure.html";
const [folder, base] = process.argv.slice(2);
const report = { looked: 0, complaints: [] };

const browser = await launch();

/** The questions that are in sight, each with its answer, and what else the page says. Runs in the page. */
function state() {
  const inSight = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const questions = inSight(".questions dd").map((place) => [text(place.querySelector("span") ?? place), place.querySelector("input:checked")?.value ?? ""]);
  return {
    questions,
    answered: questions.filter(([, answer]) => answer),
    status: inSight(".answers-tools [role=status]").map(text).join(),
    read: inSight(".read a").map((link) => new URL(link.href).pathname.split("/").slice(-2).join("/")),
    sheet: inSight("textarea").map((sheet) => sheet.value).join(),
    kept: localStorage.length,
  };
}

async function answers(start, name) {
  const { context, page, expect, open, see } = await reader(browser, start, name, state, report);
  const choose = (question, answer) => page.click(`.questions dd:nth-of-type(${question}) input[value=${answer}]`);

  await open(REVIEW);
  const { questions, kept } = await see();
  expect("keeps nothing before an answer", kept, 0);
  expect("asks the questions of the primary factor first", questions.map(([, answer]) => answer), ["", ""]);
  const [first, second] = questions.map(([question]) => question);
  await choose(1, "yes");
  await choose(2, "unknown");
  await choose(2, "no");
  // By keyboard, as any group of choices.
  await page.keyboard.press("ArrowRight");
  await page.reload();
  expect("remembers what was answered last", (await see()).answered, [[first, "yes"], [second, "unknown"]]);
  await open(FACTOR);
  expect("knows the answers on the page of the factor", (await see()).answered, [[first, "yes"], [second, "unknown"]]);
  await open(OTHER_REVIEW);
  expect("knows the answers on another review with the factor", (await see()).answered, [[first, "yes"], [second, "unknown"]]);
  await page.click(".questions summary");
  const others = (await see()).questions.map(([question]) => question).filter((question) => ![first, second].includes(question));
  await page.evaluate(() => [...document.querySelectorAll(".questions details dd input[value=no]")].at(0).click());

  await open("self-check.html");
  const gathered = await see();
  expect("gathers what is yes or not known", gathered.questions, [[first, "yes"], [second, "unknown"]]);
  expect("counts the answers", gathered.status, "Yes: 1 · No: 1 · Don’t know: 1");
  expect("names incidents to read", gathered.read.includes("reviews/2026-04-20-name-service.html"), true);
  await page.click("[data-copy]");
  const { sheet } = await see();
  const factor = "https://example.org/lessons/factors/single-point-of-failure.html";
  for (const part of [`\n## [Single point of failure](${factor}) `, `\n- **Yes:** ${first}\n- **Don’t know:** ${second}\n`, "(https://example.org/lessons/reviews/2026-04-20-name-service.html)"])
    expect(`copies ${part}`, sheet.includes(part), true);
  expect("copies no question that is answered with no", sheet.includes(others[0]), false);

  await page.click(".answers-tools input");
  const all = await see();
  expect("shows all questions on request", all.questions.length > 30 && all.answered.length, 3);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  expect("prints what is yes or not known", (await see()).questions, [[first, "yes"], [second, "unknown"]]);

  // A second tab follows.
  const tab = await context.newPage();
  await tab.goto(`${start}${REVIEW}`, { waitUntil: "load" });
  await page.bringToFront();
  await page.click(".answers-tools [data-clear]");
  const cleared = await see();
  expect("forgets all at once", [cleared.answered, cleared.status, cleared.questions.length > 30], [[], "Yes: 0 · No: 0 · Don’t know: 0", true]);
  const isClear = await tab.waitForFunction(() => !document.querySelector(".questions input:checked"), { timeout: 5000, polling: 50 }).then(() => true, () => false);
  expect("forgets in other tabs", isClear, true);
  await tab.bringToFront();
  await tab.reload();
  expect("has forgotten after a reload", (await tab.evaluate(state)).answered, []);

  // What is kept may be anything: another version, another program.
  for (const broken of ["", "null", "7", "[1]", "{\"toString\":1}", JSON.stringify({ [first]: "<img src=x>" })]) {
    await tab.evaluate((broken) => localStorage.setItem("casebook-self-check", broken), broken);
    await tab.goto(`${start}self-check.html`, { waitUntil: "load" });
    expect(`is not misled by ${broken}`, (await tab.evaluate(state)).answered, []);
  }

  await page.bringToFront();
  await page.setJavaScriptEnabled(false);
  await open(REVIEW);
  expect("asks without scripts", (await see()).questions.map(([question]) => question), [first, second]);
  await open("self-check.html");
  expect("lists all questions without scripts", (await see()).questions.length, all.questions.length);
  await context.close();
}

const site = await serve(folder, base, { "content-security-policy": POLICY });
try {
  await answers(`${site.origin}${base}`, "served");
  await answers(`${pathToFileURL(folder)}/`, "from the disk");
  console.log(JSON.stringify(report));
} finally {
  await browser.close();
  site.stop();
}
