// Somebody who reads a site in a browser of their own: what they open, and what they expect there.
import puppeteer from "puppeteer-core";

/** What a site is served with: as strict as the pages are themselves. Icons are drawings in the style sheet, so images may be data. */
export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'";

export const launch = () =>
  puppeteer.launch({
    executablePath: process.env.CASEBOOK_BROWSER,
    args: ["--no-sandbox", "--disable-gpu", "--force-prefers-reduced-motion", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/** A reader without a past. `state` runs in the page, `report` counts what is expected and keeps what is wrong. */
export async function reader(browser, start, name, state, report) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const complain = (what) => report.complaints.push(`${name}: ${what}`);
  page.on("console", (message) => complain(`says on the console: ${message.text()}`));
  page.on("pageerror", (error) => complain(`has an error in a script: ${error.message}`));
  const expect = (what, is, wanted) => {
    report.looked += 1;
    if (JSON.stringify(is) !== JSON.stringify(wanted)) complain(`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(wanted)}`);
  };
  const open = (path) => page.goto(`${start}${path}`, { waitUntil: "load" });
  const see = () => page.evaluate(state);
  return { context, page, complain, expect, open, see };
}
