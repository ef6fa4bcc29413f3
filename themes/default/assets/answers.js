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
const show = () => {
  for (const { place, text, inputs } of questions) {
    place.dataset.answer = Object.hasOwn(kept, text) ? kept[text] : "";
    for (const input of inputs) input.checked = input.value === place.dataset.answer;
  }
  document.dispatchEvent(new Event("answers"));
};
const look = () => {
  read();
  show();
};
look();
// Another tab, or a page that the reader goes back to.
addEventListener("storage", look);
addEventListener("pageshow", look);
