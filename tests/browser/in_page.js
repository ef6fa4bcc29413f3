// Runs inside a page and returns what a reader would find wrong with it at the present width.
(() => {
  const complaints = [];
  const complain = (what) => complaints.push(what);
  const short = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const shown = (element) => element.getClientRects().length > 0;

  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].find((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
    complain(`is ${root.scrollWidth} wide, because of ${wide ? short(wide) : "something"}`);
  }
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown);
  if (headings.filter((heading) => heading.tagName === "H1").length !== 1) complain("has not exactly one h1");
  headings.reduce((before, heading) => {
    const level = Number(heading.tagName[1]);
    if (level > before + 1) complain(`jumps from h${before} to "${heading.textContent}"`);
    return level;
  }, 0);
  for (const link of document.querySelectorAll("a[href], button")) {
    if (!(link.textContent.trim() || link.getAttribute("aria-label"))) complain(`has a link without words: ${short(link)}`);
  }
  for (const image of document.querySelectorAll("img")) {
    image.loading = "eager";
    if (!image.hasAttribute("alt") || (image.complete && image.naturalWidth === 0)) complain(`has a picture that is not shown or has no words: ${short(image)}`);
  }
  // What is empty is left out, not shown empty.
  for (const empty of document.querySelectorAll("section, ul, ol, dl, dd, nav, figure, p, tbody")) {
    const drawn = empty.querySelector("img, svg, input");
    // What is read aloud when it changes has to be there before.
    if (empty.getAttribute("role") === "status") continue;
    if (shown(empty) && !drawn && !empty.textContent.trim()) complain(`shows something empty: ${short(empty)}`);
  }
  // A task has its box, and no bullet beside it.
  for (const box of document.querySelectorAll("li > input[type=checkbox], li > p:first-child > input[type=checkbox]:first-child")) {
    if (getComputedStyle(box.closest("li")).listStyleType !== "none") complain(`shows a bullet beside a box: ${short(box.closest("li"))}`);
  }
  // Words that a drawing cuts off or that leave their box are not read.
  for (const text of document.querySelectorAll("svg text")) {
    const box = text.getBoundingClientRect();
    if (box.width && (box.left < -1 || box.right > root.clientWidth + 1) && !text.closest(".scroll")) complain(`draws words off the page: "${text.textContent}"`);
  }
  if (!root.lang || !document.title || !document.querySelector("main")) complain("lacks a language, a title or a main part");
  return complaints;
})();
