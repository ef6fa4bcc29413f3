// Looks at a preview as an author does: the browser is opened once, and from then on only files are changed.
//
//   node preview.mjs ADDRESS FOLDER [PICTURES]
//
// ADDRESS is the page of the sample review, FOLDER its site. Prints what is wrong as JSON: {"looked": 9, "complaints": []}.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

const [address, folder, pictures] = process.argv.slice(2);
const review = `${folder}/content/reviews/2024-03-04-edge-cpu.md`;
const complaints = [];
let looked = 0;

const browser = await puppeteer.launch({
  executablePath: process.env.CASEBOOK_BROWSER || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage();
await page.setViewport({ width: 1200, height: 800 });
page.on("pageerror", (error) => complaints.push(`error in a script: ${error.message}`));

/** Waits until `holds` is true in the page, which may be loaded anew meanwhile. */
async function see(what, holds, ...more) {
  looked += 1;
  const end = Date.now() + (20000);
  let said = "";
  while (Date.now() < end) {
    try {
      if (await page.evaluate(holds, ...more)) {
        if (pictures) await page.screenshot({ path: `${pictures}/${looked}.png` });
        return;
      }
    } catch (error) {
      said = error.message;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  complaints.push(`never saw ${what} ${said}`);
}

function edit(from, to) {
  const text = readFileSync(review, "utf8");
  if (!text.includes(from)) throw new Error(`the review has no ${from}`);
  writeFileSync(review, text.replace(from, to));
}

const shows = (text) => document.body.innerText.includes(text);
const overlay = (text) => {
  const host = document.querySelector("#casebook-overlay");
  return Boolean(host) && host.shadowRoot.textContent.includes(text);
};
const noOverlay = () => !document.querySelector("#casebook-overlay");

await page.goto(address, { waitUntil: "load" });
await see("the review", shows, "A filter rule took");

// At once: a page that still glides when it is loaded anew is kept where it was on its way.
await page.evaluate(() => scrollTo({ top: 600, behavior: "instant" }));
edit("A filter rule took", "One filter rule took");
await see("the new text", shows, "One filter rule took");
await see("the place that was scrolled to", () => Math.abs(scrollY - 600) < 5);

const searches = () => {
  const box = document.querySelector("input[type=search]");
  return box.value === "filter" && document.activeElement === box && document.querySelector("[role=option]") !== null;
};
await page.keyboard.press("/");
await page.keyboard.type("filter");
await see("what is found", searches);
edit("One filter rule took", "This filter rule took");
await see("the text of after the search", shows, "This filter rule took");
await see("the search as it was", searches);
edit("This filter rule took", "One filter rule took");
await see("the text of before the search", shows, "One filter rule took");
await page.keyboard.press("Escape");

edit('severity = "P1"', 'severity = "<img src=x onerror=alert(1)>"');
await see("the overlay with the line", overlay, "edge-cpu.md:3:12");
await see("the excerpt", overlay, '3 | severity = "<img src=x onerror=alert(1)>"\n  |            ^^^^');
await see("the last good page", shows, "One filter rule took");
await see("that nothing of the review became markup", () => !document.querySelector("#casebook-overlay").shadowRoot.querySelector("img"));
await see("a link to the editor", () => document.querySelector("#casebook-overlay").shadowRoot.querySelector("a[href^='vscode://file/']") !== null);

edit('severity = "<img src=x onerror=alert(1)>"', 'severity = "P1"');
await see("that the overlay goes", noOverlay);

await page.evaluate(() => { window.isTheSame = true; });
mkdirSync(`${folder}/themes/default/assets`, { recursive: true });
writeFileSync(`${folder}/themes/default/assets/style.css`, "body { outline: 7px solid teal }");
await see("the new style", () => getComputedStyle(document.body).outlineWidth === "7px");
await see("that the page was not loaded anew", () => window.isTheSame === true);

mkdirSync(`${folder}/themes/default/templates`, { recursive: true });
writeFileSync(`${folder}/themes/default/templates/review.html`, "<main>\n{{ review.nothing.there }}</main>");
await see("the mistake in the template", overlay, "themes/default/templates/review.html:2:");
await see("the last good page under it", shows, "One filter rule took");
writeFileSync(`${folder}/themes/default/templates/review.html`, "<html><body><main>Mended</main></body></html>");
await see("the mended template", shows, "Mended");
await see("that the overlay goes again", noOverlay);

await browser.close();
console.log(JSON.stringify({ looked, complaints }));
