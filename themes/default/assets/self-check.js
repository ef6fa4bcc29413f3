// The page on which all answers gather. It goes on where answers.js ends, whose names it uses.
const tools = document.querySelector(".answers-tools");
const find = (part) => tools.querySelector(part);
const [only, sheet, copy] = ["input", "textarea", "[data-copy]"].map(find);
const factors = [...document.querySelectorAll(".asked .questions")];
const open = (part) => part.querySelectorAll("[data-answer=yes], [data-answer=unknown]");
const isYes = (part) => part.querySelector("[data-answer=yes]");
const count = () => {
  for (const factor of factors) factor.querySelector(".read")?.toggleAttribute("hidden", !isYes(factor));
  const format = new Intl.NumberFormat(document.documentElement.lang);
  const all = ANSWERS.map((answer, at) => `${words[at]}: ${format.format(document.querySelectorAll(`[data-answer=${answer}]`).length)}`);
  find("[role=status]").textContent = all.join(" · ");
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

count();
document.addEventListener("answers", count);
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
