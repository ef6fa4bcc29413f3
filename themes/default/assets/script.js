// Nothing on these pages needs this file: it adds the choice of theme and marks the place in the contents.
const root = document.documentElement;
const button = document.querySelector(".theme-toggle");
if (button) {
  const order = ["auto", "light", "dark"];
  const now = () => root.dataset.theme ?? "auto";
  const show = () => (button.querySelector("[data-theme-name]").textContent = button.dataset[now()]);
  button.addEventListener("click", () => {
    const next = order[(order.indexOf(now()) + 1) % order.length];
    if (next === "auto") delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      localStorage.setItem("casebook-theme", next);
    } catch {}
    show();
  });
  show();
  button.hidden = false;
}

const links = new Map();
for (const link of document.querySelectorAll(".contents a")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const part = heading?.closest("section");
  if (part) links.set(part, link);
}
if (links.size) {
  const seen = new Set();
  const watch = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) seen[isIntersecting ? "add" : "delete"](target);
      const first = [...links.keys()].find((part) => seen.has(part));
      for (const [part, link] of links) link.toggleAttribute("data-here", part === first);
    },
    { rootMargin: "-10% 0px -60% 0px" },
  );
  for (const part of links.keys()) watch.observe(part);
}

// Times are in UTC; on request they are the reader's own, and all that is said of days and zones follows them.
const zone = document.querySelector("[data-zone]");
const timed = [...document.querySelectorAll(".timeline time[datetime*=T]")];
if (zone && timed.some((time) => new Date(time.dateTime).getTimezoneOffset())) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const lang = root.lang || undefined;
  const clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const short = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short" });
  const long = new Intl.DateTimeFormat(lang, { day: "numeric", month: "long", year: "numeric" });
  const CLOCK = /\d\d:\d\d/g;
  const said = new Map([...timed, zone, ...document.querySelectorAll("[data-zone-own]")].map((part) => [part, part.textContent]));

  const local = (time) => {
    const at = new Date(time.dateTime);
    const until = time.dataset.until && new Date(time.dataset.until);
    if (until) {
      const day = long.format(until) === long.format(at) ? "" : ` (${short.format(until)})`;
      return `${/^~?/.exec(said.get(time))[0]}${clock.format(at)}–${clock.format(until)}${day}`;
    }
    if (!said.get(time).match(CLOCK)) return long.format(at);
    return said.get(time).replace(CLOCK, clock.format(at));
  };

  // Each entry with the day that it stands under.
  const lists = [...document.querySelectorAll(".timeline")];
  const dayOf = (list) => (list.previousElementSibling?.matches(".day") ? list.previousElementSibling : null);
  const heading = lists.map(dayOf).find(Boolean);
  const end = lists.at(-1)?.nextSibling ?? null;
  const place = lists[0]?.parentNode;
  const entries = lists.flatMap((list) => [...list.children].map((entry) => [entry, dayOf(list)?.textContent ?? ""]));
  const regroup = (isOwn) => {
    for (const list of place.querySelectorAll(":scope > .timeline")) {
      dayOf(list)?.remove();
      list.remove();
    }
    let list, last;
    for (const [entry, utc] of entries) {
      const time = entry.querySelector(".key time[datetime*=T]");
      const day = isOwn && time ? long.format(new Date(time.dateTime)) : isOwn && !entry.querySelector(".key time") && last ? last : utc;
      if (day !== last) {
        const title = day && heading.cloneNode();
        if (title) title.textContent = day;
        list = lists[0].cloneNode();
        for (const part of [title, list]) if (part) place.insertBefore(part, end);
      }
      last = day;
      list.append(entry);
    }
  };

  const show = (isOwn) => {
    for (const time of timed) time.textContent = isOwn ? local(time) : said.get(time);
    for (const part of document.querySelectorAll("[data-zone-own]")) part.textContent = isOwn ? part.dataset.zoneOwn.replace("{zone}", timeZone) : said.get(part);
    zone.textContent = isOwn ? zone.dataset.zone : said.get(zone);
    if (place) regroup(isOwn);
  };
  let isOwn = false;
  try {
    isOwn = localStorage.getItem("casebook-zone") === "own";
  } catch {}
  if (isOwn) show(true);
  zone.addEventListener("click", () => {
    isOwn = !isOwn;
    show(isOwn);
    try {
      localStorage.setItem("casebook-zone", isOwn ? "own" : "UTC");
    } catch {}
  });
  zone.hidden = false;
}

for (const share of document.querySelectorAll("[data-share]")) {
  const said = share.textContent;
  const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  share.addEventListener("click", async () => {
    try {
      if (navigator.share) await navigator.share({ title: document.title, url: address });
      else {
        await navigator.clipboard.writeText(address);
        share.textContent = share.dataset.share;
        setTimeout(() => (share.textContent = said), 2000);
      }
    } catch {}
  });
  share.hidden = !(navigator.share || navigator.clipboard);
}

// What practising needs is loaded when it is asked for, or where the line of the incident stands beside the text.
const timeline = document.querySelector("[data-timeline]")?.dataset.timeline;
const practise = document.getElementById("practise");
if (timeline) {
  const load = (onload) => document.head.append(Object.assign(document.createElement("script"), { src: timeline, onload }));
  if (matchMedia("(min-width: 68rem)").matches) load(null);
  else if (practise) {
    practise.hidden = false;
    practise.addEventListener("click", () => load(() => practise.click()), { once: true });
  }
}

// Narrows a list of reviews to the lines that have all words, in place.
const listFilter = document.querySelector("form.narrow");
if (listFilter) {
  const lines = [...document.querySelectorAll(".line")].map((line) => [line, line.textContent.toLowerCase()]);
  const update = () => {
    const words = listFilter.q.value.toLowerCase().split(/\s+/);
    for (const [line, text] of lines) line.hidden = !words.every((word) => text.includes(word));
    for (const block of document.querySelectorAll(".block:has(> .rows > .line)")) block.hidden = !block.querySelector(".line:not([hidden])");
    const shown = lines.filter(([line]) => !line.hidden).length;
    listFilter.querySelector("p").textContent = listFilter.q.value.trim() && listFilter.dataset.said.replace("{n}", shown).replace("{all}", lines.length);
  };
  listFilter.addEventListener("input", update);
  addEventListener("pageshow", update);
}
