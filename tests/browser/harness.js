// Looks at every framed page as a reader would, at several widths, light and dark, and writes down what is wrong.
"use strict";
const complaints = [];
let looked = 0;

function luminance([r, g, b]) {
  const channel = (value) => { value /= 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
  return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
}

function colour(text) {
  const numbers = text.match(/[\d.]+/g).map(Number);
  return { rgb: numbers.slice(0, 3), alpha: numbers.length > 3 ? numbers[3] : 1 };
}

function ground(view, element) {
  for (let at = element; at; at = at.parentElement) {
    const { rgb, alpha } = colour(view.getComputedStyle(at).backgroundColor);
    if (alpha === 1) { return rgb; }
  }
  return view.getComputedStyle(view.document.documentElement).colorScheme.includes("dark") ? [0, 0, 0] : [255, 255, 255];
}

function contrast(view, element) {
  const [a, b] = [colour(view.getComputedStyle(element).color).rgb, ground(view, element)].map(luminance);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function look(frame) {
  const view = frame.contentWindow;
  const page = view.document;
  const name = `${frame.dataset.page} at ${frame.width} px`;
  const complain = (what) => complaints.push(`${name}: ${what}`);
  looked += 1;
  const root = page.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...page.querySelectorAll("body *")].find((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
    complain(`is ${root.scrollWidth} wide, because of ${wide ? wide.outerHTML.slice(0, 120) : "something"}`);
  }
  const headings = [...page.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((h) => h.getClientRects().length);
  if (headings.filter((h) => h.tagName === "H1").length !== 1) { complain("has not exactly one h1"); }
  headings.reduce((before, h) => {
    const level = Number(h.tagName[1]);
    if (level > before + 1) { complain(`jumps from h${before} to "${h.textContent}"`); }
    return level;
  }, 0);
  for (const link of page.querySelectorAll("a[href], button")) {
    if (!(link.textContent.trim() || link.getAttribute("aria-label"))) { complain(`has a link without words: ${link.outerHTML}`); }
  }
  for (const image of page.querySelectorAll("img")) {
    if (!image.hasAttribute("alt") || !image.complete || image.naturalWidth === 0) { complain(`has a picture that is not shown or has no words: ${image.outerHTML}`); }
  }
  if (!page.documentElement.lang || !page.title || !page.querySelector("main")) { complain("lacks a language, a title or a main part"); }
  for (const scheme of ["light", "dark"]) {
    root.dataset.theme = scheme;
    const words = page.createTreeWalker(page.body, view.NodeFilter.SHOW_TEXT);
    const seen = new Set();
    while (words.nextNode()) {
      const element = words.currentNode.parentElement;
      if (seen.has(element) || !words.currentNode.data.trim() || !element.getClientRects().length || element.closest("svg, script, .anchor, .skip")) { continue; }
      seen.add(element);
      const ratio = contrast(view, element);
      const size = parseFloat(view.getComputedStyle(element).fontSize);
      if (ratio < (size >= 24 ? 3 : 4.5)) { complain(`${scheme}: contrast ${ratio.toFixed(2)} of "${element.textContent.trim().slice(0, 40)}" (${element.className})`); }
    }
  }
}

addEventListener("load", () => {
  document.querySelectorAll("iframe").forEach(look);
  const result = document.createElement("pre");
  result.id = "result";
  result.textContent = JSON.stringify({ looked, complaints });
  document.body.replaceChildren(result);
});
