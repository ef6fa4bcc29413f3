// Narrows a list of reviews by a word, and returns what is wrong on the way.

/** What the list shows, and what it says of that. */
const seen = () => {
  const lines = [...document.querySelectorAll(".line")].map((line) => ({ text: line.textContent.toLowerCase(), isShown: line.checkVisibility() }));
  return { lines, isShown: document.querySelector("form.narrow").checkVisibility(), said: document.querySelector("form.narrow [role=status]").textContent };
};

/** Each word of the first and the last title alone leaves the lines that have it, and the search knows it too. */
export async function filter(page) {
  const complaints = [];
  const before = await page.evaluate(seen);
  if (!before.isShown || before.lines.some(({ isShown }) => !isShown)) return ["does not show its filter, or not all of its reviews"];
  const titles = await page.$$eval(".line :is(h2, h3)", (titles) => titles.map((title) => title.textContent));
  for (const title of [titles.at(0), titles.at(-1)]) {
    const word = title.match(/[\p{L}\p{N}]+/gu).sort((a, b) => b.length - a.length)[0];
    await page.$eval("form.narrow input", (input) => (input.value = ""));
    await page.type("form.narrow input", word.toUpperCase());
    const { lines, said } = await page.evaluate(seen);
    const expected = lines.filter(({ text }) => text.includes(word.toLowerCase())).length;
    if (lines.some(({ text, isShown }) => isShown !== text.includes(word.toLowerCase()))) complaints.push(`shows other lines than those with ${word}`);
    if (!said.match(/[0-9]+/g)?.includes(String(expected))) complaints.push(`says "${said}" of ${expected} lines with ${word}`);
  }
  await Promise.all([page.waitForNavigation(), page.click("form.narrow button")]);
  if (!new URL(page.url()).searchParams.get("q")) complaints.push("does not hand its word to the search");
  return complaints;
}
