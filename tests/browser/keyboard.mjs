// Goes through a page by the tab key alone, and returns what is wrong on the way.
const MOST = 60;

/** Where the focus is, and what of it can be seen. */
async function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const inSight = () => {
    const box = element.getBoundingClientRect();
    return box.height > innerHeight || (box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
  };
  // The page may still be on its way there.
  for (let frame = 0; frame < 3 && !inSight(); frame += 1) await new Promise(requestAnimationFrame);
  const style = getComputedStyle(element);
  // Going through a page changes nothing on it, so its stops are listed once.
  const order = (globalThis.stops ??= [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((other) => other.tabIndex >= 0 && !other.disabled && other.checkVisibility({ visibilityProperty: true }))
    // The tab key stops once at a group of radio buttons: at the chosen one, else at the first.
    .filter((other, _, all) => other.type !== "radio" || other.checked || other === all.find(({ type, name }) => type === "radio" && name === other.name)));
  return {
    at: order.indexOf(element),
    all: order.length,
    text: element.outerHTML.replace(/\s+/g, " ").slice(0, 100),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: inSight(),
  };
}

/** The first stop leads past the navigation. */
async function skip(page) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(focused);
  if (!first?.text.includes('class="skip"')) return [`does not begin with the way to the content but with ${first?.text}`];
  await page.keyboard.press("Enter");
  const main = await page.evaluate(() => document.activeElement?.id);
  return main === "main" ? [] : ["does not reach the content by its first link"];
}

/** `reopen` loads the page afresh, so that the way through it begins at its beginning. */
export async function keyboard(page, reopen) {
  const complaints = [];
  await reopen();
  // A page of search begins in its box.
  const begin = await page.evaluate(focused);
  if (begin && !begin.text.startsWith("<input")) complaints.push(`begins with the focus on ${begin.text}`);
  if (!begin) complaints.push(...(await skip(page)));
  await reopen();
  let before = begin?.at ?? -1;
  for (let stop = 0; stop < MOST; stop += 1) {
    await page.keyboard.press("Tab");
    const now = await page.evaluate(focused);
    // After the last stop the browser has its turn, or it begins anew.
    if (!now || (now.at === 0 && before === now.all - 1)) break;
    if (now.at !== before + 1) complaints.push(`goes from stop ${before} to stop ${now.at}: ${now.text}`);
    if (!now.ring) complaints.push(`shows no focus on ${now.text}`);
    if (!now.seen) complaints.push(`puts the focus out of sight on ${now.text}`);
    before = now.at;
  }
  if (before < 0) complaints.push("has no stop at all");
  return complaints;
}
