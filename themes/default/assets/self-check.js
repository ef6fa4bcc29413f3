// "Could this happen to you?": adds answers to the questions. They stay in this browser, for all pages of the site.
const KEY = "casebook-self-check";
const ANSWERS = ["yes", "no", "unknown"];
const questions = [];
let words = ANSWERS;
let kept = {};
const make = (name, attributes, ...children) => {
  const element = Object.assign(document.createElement(name), attributes);
  element.append(...children);
  return element;
};
const read = () => {
  try {
    kept = Object(JSON.parse(localStorage.getItem(KEY)));
  } catch {}
};
const keep = (change) => {
  // Another tab may have written since.
  read();
  change();
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {}
  show();
};
for (const part of document.querySelectorAll("[data-answers]")) {
  words = part.dataset.answers.trim().split("|");
  for (const place of part.querySelectorAll("dd")) {
    const text = place.textContent.trim();
    const id = `question-${questions.length}`;
    const inputs = ANSWERS.map((value) => make("input", { type: "radio", name: id, value, onchange: () => keep(() => (kept[text] = value)) }));
    const group = make("div", { role: "group" }, ...inputs.map((input, at) => make("label", {}, input, words[at])));
    group.setAttribute("aria-labelledby", id);
    place.replaceChildren(make("span", { id }, text), group);
    questions.push({ place, text, inputs });
  }
}

// The page on which all answers gather.
const tools = document.querySelector(".answers-tools");
const find = (part) => tools?.querySelector(part);
const [only, sheet, copy] = ["input", "textarea", "[data-copy]"].map(find);
const factors = [...document.querySelectorAll(".asked .questions")];
const open = (part) => part.querySelectorAll("[data-answer=yes], [data-answer=unknown]");
const isYes = (part) => part.querySelector("[data-answer=yes]");
const show = () => {
  for (const { place, text, inputs } of questions) {
    place.dataset.answer = Object.hasOwn(kept, text) ? kept[text] : "";
    for (const input of inputs) input.checked = input.value === place.dataset.answer;
  }
  if (!tools) return;
  for (const factor of factors) factor.querySelector(".read")?.toggleAttribute("hidden", !isYes(factor));
  const format = new Intl.NumberFormat(document.documentElement.lang);
  const count = (answer) => format.format(document.querySelectorAll(`[data-answer=${answer}]`).length);
  find("[role=status]").textContent = ANSWERS.map((answer, at) => `${words[at]}: ${count(answer)}`).join(" · ");
};
// What is answered meanwhile stays in sight until the choice is made anew.
const narrow = (isNarrow) => {
  const shown = new Set(open(document));
  for (const { place } of questions) place.hidden = isNarrow && !shown.has(place);
};
const markdown = () => {
  const safe = (text) => text.replace(/\s+/g, " ").replace(/[\\\x60*_[\]<>]/g, "\\$&");
  const base = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  const line = ({ childNodes }) =>
    Array.from(childNodes, (node) => {
      const text = safe(node.textContent);
      return node.href ? `[${text}](${new URL(node.getAttribute("href"), base)})` : text;
    }).join("");
  const lines = [`# ${safe(document.title)}\n`];
  for (const factor of factors) {
    const asked = open(factor);
    if (!asked.length) continue;
    lines.push(`## ${line(factor.querySelector("dt"))}\n`);
    for (const { dataset, firstChild } of asked) lines.push(`- **${words[ANSWERS.indexOf(dataset.answer)]}:** ${line(firstChild)}`);
    for (const part of isYes(factor) ? factor.querySelectorAll(".read > p, li") : [])
      lines.push(part.tagName === "P" ? `\n${line(part)}\n` : `- ${line(part)}`);
    lines.push("");
  }
  return lines.join("\n");
};

read();
show();
if (tools) {
  const begin = () => narrow((only.checked = open(document).length > 0));
  begin();
  only.onchange = () => narrow(only.checked);
  addEventListener("beforeprint", begin);
  find("[data-print]").onclick = () => print();
  find("[data-clear]").onclick = () => {
    keep(() => (kept = {}));
    sheet.hidden = true;
    begin();
  };
  copy.onclick = async () => {
    sheet.value = markdown();
    sheet.hidden = false;
    sheet.select();
    try {
      await navigator.clipboard.writeText(sheet.value);
      copy.textContent = copy.dataset.copy;
    } catch {}
  };
  tools.hidden = false;
}
// Another tab, or a page that the reader goes back to.
for (const event of ["storage", "pageshow"])
  addEventListener(event, () => {
    read();
    show();
  });
