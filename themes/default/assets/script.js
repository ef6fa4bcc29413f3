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

// Times are in UTC; on request they are the reader's own. What the page says about the zone is changed with them.
const zone = document.querySelector("[data-zone]");
if (zone) {
  const times = [...document.querySelectorAll(".timeline time[datetime*=T], .phases time[datetime*=T]")];
  const said = new Map(times.map((time) => [time, time.textContent]));
  const note = document.querySelector("[data-zone-note]");
  const utc = note.textContent;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const lang = root.lang || undefined;
  const clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short" });
  const local = (time) => {
    const at = new Date(time.dateTime);
    const text = said.get(time).replace(/\d\d:\d\d/g, (utc) => clock.format(new Date(`${time.dateTime.slice(0, 10)}T${utc}Z`)));
    return at.getDate() === at.getUTCDate() ? text : `${text} (${day.format(at)})`;
  };
  zone.addEventListener("click", () => {
    const isOwn = zone.getAttribute("aria-pressed") !== "true";
    zone.setAttribute("aria-pressed", isOwn);
    for (const time of times) time.textContent = isOwn ? local(time) : said.get(time);
    note.textContent = isOwn ? zone.dataset.zone.replace("{zone}", own) : utc;
  });
  zone.hidden = times.length === 0;
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

// A filter asks the page of search for what is chosen; what is left open does not stand in the address.
const filter = document.querySelector("form.filter[action]");
if (filter) {
  const open = (isOpen) => {
    for (const select of filter.querySelectorAll("select")) select.disabled = isOpen && !select.value;
  };
  filter.addEventListener("submit", () => open(true));
  addEventListener("pageshow", () => open(false));
}
