// Counts the factors of the reviews that fit what is chosen. Without this file nothing of the filter shows.
const form = document.querySelector(".factor-filter");
const inside = document.getElementById("factor-data");
// Where there are many reviews they have a file of their own: a script, which works from the disk, too.
const load = (source) =>
  new Promise((resolve, reject) => {
    globalThis.casebookFactors = resolve;
    const script = document.createElement("script");
    script.src = source;
    script.onerror = reject;
    document.head.append(script);
  });
if (form) {
  const all = document.querySelector(".factor-all");
  const found = document.querySelector(".factor-found");
  const list = found.querySelector("ol");
  const row = found.querySelector("template").content;
  const selects = [...form.querySelectorAll("select")];
  const format = new Intl.NumberFormat(document.documentElement.lang);
  // Read when something is first chosen: most readers choose nothing.
  let known;
  const read = async () => {
    const { factors, rows } = inside ? JSON.parse(inside.textContent) : await load(form.dataset.source);
    const numbers = (field) => field.split(".").map((item) => parseInt(item, 36));
    return { factors, reviews: rows.split(";").map((review) => review.split(",").map(numbers)) };
  };

  const show = async () => {
    const chosen = selects.map((select) => (select.value ? select.selectedIndex - 1 : -1));
    const isFiltered = chosen.some((at) => at >= 0);
    all.hidden = isFiltered;
    found.hidden = !isFiltered;
    if (!isFiltered) return;
    const { factors, reviews } = await (known ??= read());
    const fitting = reviews.filter((review) => chosen.every((at, facet) => at < 0 || review[facet].includes(at)));
    const seen = new Map();
    for (const review of fitting) for (const at of review.at(-1)) seen.set(at, (seen.get(at) ?? 0) + 1);
    const sorted = [...seen].sort((a, b) => b[1] - a[1] || factors[a[0]][0].localeCompare(factors[b[0]][0]));
    const most = sorted.length ? sorted[0][1] : 1;
    list.replaceChildren(
      ...sorted.map(([at, count]) => {
        const item = row.cloneNode(true);
        const link = item.querySelector("a");
        [link.textContent, link.href] = factors[at];
        item.querySelector("rect").setAttribute("width", `${(count * 100) / most}%`);
        item.querySelector(".quiet").textContent = format.format(count);
        return item;
      }),
    );
    found.querySelector("[data-reviews]").textContent = format.format(fitting.length);
    found.querySelector("[data-none]").hidden = fitting.length > 0;
  };

  const remember = () => {
    const address = new URL(location.href);
    for (const select of selects) {
      if (select.value) address.searchParams.set(select.name, select.value);
      else address.searchParams.delete(select.name);
    }
    try {
      history.replaceState(null, "", address);
    } catch {}
  };

  const parameters = new URLSearchParams(location.search);
  for (const select of selects) {
    const wanted = parameters.get(select.name);
    if ([...select.options].some((option) => option.value === wanted)) select.value = wanted;
  }
  form.addEventListener("change", () => {
    show();
    remember();
  });
  form.addEventListener("reset", () => {
    setTimeout(() => {
      selects.forEach((select) => (select.value = ""));
      show();
      remember();
    });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
}
