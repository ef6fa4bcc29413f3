// Chooses from the filter of a list of reviews, and returns what is wrong on the way.

/** What the list offers: each choice with its values, and the links that stand in its place without scripts. */
const offered = () => ({
  choices: [...document.querySelectorAll("form.filter select")].map((select) => [select.name, [...select.options].map(({ value }) => value).filter(Boolean)]),
  isShown: document.querySelector("form.filter").checkVisibility(),
  hasLinks: [...document.querySelectorAll(".facets a")].some((link) => link.closest("details").checkVisibility()),
});

/** What the page of search shows: the addresses of its results, and which boxes are ticked. */
const found = () => ({
  results: [...document.querySelectorAll("[data-part=results] > li h2 a")].map((link) => new URL(link.href).pathname),
  ticked: [...document.querySelectorAll("[data-part=facets] input:checked")].map((box) => `${box.closest("[data-column]").dataset.column}=${box.value}`),
});

/** Every choice alone leads to the reviews that have it, at an address that says nothing else. */
export async function filter(page) {
  const complaints = [];
  const list = page.url();
  const { choices, isShown, hasLinks } = await page.evaluate(offered);
  if (!isShown || hasLinks) return ["does not show its filter, or shows the links beside it"];
  if (choices.length < 4) complaints.push(`offers only ${choices.map(([name]) => name)}`);
  for (const [name, values] of choices) {
    await page.goto(list);
    await page.select(`form.filter select[name="${name}"]`, values[0]);
    await Promise.all([page.waitForNavigation(), page.click("form.filter button")]);
    await page.waitForFunction(() => document.querySelector("[data-part=results] > li"), { timeout: 10_000 }).catch(() => {});
    const { results, ticked } = await page.evaluate(found);
    const address = new URL(page.url());
    if ([...address.searchParams.keys()].join() !== name) complaints.push(`asks for ${address.search} when ${name} is chosen`);
    if (ticked.join() !== `${name}=${values[0]}`) complaints.push(`ticks ${ticked} when ${name}=${values[0]} is chosen`);
    if (!results.length) complaints.push(`finds nothing with ${name}=${values[0]}`);
    // Whoever goes back chooses anew.
    await page.goBack();
    const isOpen = await page.$$eval("form.filter select", (selects) => selects.every((select) => !select.disabled));
    if (!isOpen) complaints.push(`cannot be chosen from after ${name}`);
  }
  return complaints;
}
