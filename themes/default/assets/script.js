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
