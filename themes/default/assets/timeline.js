// Practises a timeline: what came later is hidden and comes entry by entry, the cause last. Beside it, the line of the
// incident shows where the reader is.
const start = document.getElementById("practise");
const panel = document.querySelector(".practice");
const entries = [...document.querySelectorAll(".timeline > li")];
if (start && panel) {
  const review = start.closest(".review");
  const [ask, count] = panel.querySelectorAll("p");
  const [next, sheet, end] = panel.querySelectorAll("button");
  const said = new Map([ask, next].map((part) => [part, part.textContent]));
  let shown = 0;

  // How many entries are shown; one more than all of them shows the cause, and none ends it.
  const show = (number) => {
    shown = number;
    const isOn = shown > 0 && shown <= entries.length;
    entries.forEach((entry, at) => entry.classList.toggle("later", isOn && at >= shown));
    review.classList.toggle("practising", isOn);
    for (const list of review.querySelectorAll(".timeline")) list.ariaLive = isOn ? "polite" : null;
    panel.hidden = !shown;
    start.hidden = shown > 0;
    sheet.hidden = !isOn;
    ask.textContent = isOn ? said.get(ask) : ask.dataset.done;
    next.textContent = shown > entries.length ? next.dataset.again : shown === entries.length ? next.dataset.cause : said.get(next);
    count.textContent = isOn ? `${shown} / ${entries.length}` : "";
  };
  const go = () => {
    show(shown > entries.length ? 1 : shown + 1);
    entries[Math.min(shown, entries.length) - 1].scrollIntoView({ block: "center" });
  };
  const stop = () => {
    show(0);
    start.focus();
  };
  review.style.setProperty("--ask", JSON.stringify(said.get(ask)));
  start.addEventListener("click", () => {
    go();
    next.focus();
  });
  next.addEventListener("click", go);
  sheet.addEventListener("click", () => print());
  end.addEventListener("click", stop);
  addEventListener("keydown", (event) => {
    if (!shown || event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select")) return;
    if (event.key === "Escape") stop();
    else if (event.key === (getComputedStyle(review).direction === "rtl" ? "ArrowLeft" : "ArrowRight") && shown <= entries.length) go();
  });
  start.hidden = false;
}

// Between two phases the line has one scale, so an entry between them has its place there.
const here = document.querySelector(".here line");
const marks = [];
for (const link of document.querySelectorAll(".ribbon a")) {
  const time = document.getElementById(link.getAttribute("href").slice(1))?.querySelector("time");
  if (time) marks.push([Date.parse(time.dateTime), parseFloat(link.closest("text").getAttribute("x"))]);
}
if (here && marks.length > 1) {
  const timed = entries.filter((entry) => entry.querySelector("time"));
  const place = () => {
    const entry = timed.findLast((entry) => entry.getBoundingClientRect().top < innerHeight * 0.4) ?? timed[0];
    const at = Date.parse(entry.querySelector("time").dateTime);
    const after = Math.max(1, marks.findIndex(([time]) => time > at));
    const [[from, left], [to, right]] = at >= marks.at(-1)[0] ? [marks.at(-1), marks.at(-1)] : [marks[after - 1], marks[after]];
    const x = to > from ? left + (Math.max(0, at - from) / (to - from)) * (right - left) : left;
    for (const end of ["x1", "x2"]) here.setAttribute(end, `${x}%`);
  };
  let isAsked = false;
  addEventListener("scroll", () => {
    if (!isAsked) requestAnimationFrame(() => ((isAsked = false), place()));
    isAsked = true;
  }, { passive: true });
  place();
}
