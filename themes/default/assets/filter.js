// Narrows what a page lists, in place: the table of the factors, the lists of changes. Without this file no filter shows.
const form = document.querySelector(".factor-filter, .control-filter");
const format = new Intl.NumberFormat(document.documentElement.lang);
const numbers = (field) => (field ? field.split(".").map((item) => parseInt(item, 36)) : []);
// Where there is too much for the page it has a file of its own: a script, which works from the disk, too.
const load = (source, name) =>
  new Promise((resolve, reject) => {
    globalThis[name] = resolve;
    const script = document.createElement("script");
    script.src = source;
    script.onerror = reject;
    document.head.append(script);
  });

/** The table of the factors: sorted by any column, narrowed by name and category, and counted in some reviews only. */
function factors(chosen) {
  const table = document.querySelector("table.factors");
  const inside = document.getElementById("factor-data");
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, name: row.cells[0].textContent.toLowerCase(), all: row.cells[1].textContent }));
  const isText = (at) => at === 0 || at === heads.length - 1;
  const value = (row, at) => {
    const cell = row.cells[at];
    if (isText(at)) return (cell.querySelector("a") ?? cell).textContent;
    return cell.querySelector("time")?.dateTime ?? (at === 4 ? "" : parseInt(cell.textContent.replace(/\D/g, ""), 10) || 0);
  };
  const sort = (at, order) => {
    const sign = order === "ascending" ? 1 : -1;
    const compare = (a, b) => (typeof a === "string" && typeof b === "string" ? a.localeCompare(b) : a > b ? 1 : a < b ? -1 : 0);
    heads.forEach((head, other) => (other === at ? head.setAttribute("aria-sort", order) : head.removeAttribute("aria-sort")));
    rows.sort((a, b) => sign * compare(value(a.row, at), value(b.row, at)) || compare(value(a.row, 0), value(b.row, 0)));
    body.append(...rows.map(({ row }) => row));
  };
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    // Names begin with A, numbers with the greatest.
    const first = isText(at) ? "ascending" : "descending";
    const other = isText(at) ? "descending" : "ascending";
    button.addEventListener("click", () => sort(at, head.getAttribute("aria-sort") === first ? other : first));
  });

  let known;
  const read = async () => {
    const data = inside ? JSON.parse(inside.textContent) : await load(form.dataset.source, "casebookFactors");
    return { ids: data.factors, reviews: data.rows.split(";").map((review) => review.split(",").map(numbers)) };
  };
  return async () => {
    const [name = "", category = "", ...others] = chosen("name", "category");
    const facets = others.map((select) => (select.value ? select.selectedIndex - 1 : -1));
    const isCounted = facets.some((at) => at >= 0);
    const seen = new Map();
    let fitting = [];
    if (isCounted) {
      const { ids, reviews } = await (known ??= read());
      fitting = reviews.filter((review) => facets.every((at, facet) => at < 0 || review[facet].includes(at)));
      for (const review of fitting) for (const at of review.at(-1)) seen.set(ids[at], (seen.get(ids[at]) ?? 0) + 1);
    }
    const words = name.toLowerCase().split(/\s+/);
    let shown = 0;
    for (const one of rows) {
      const count = seen.get(one.row.id);
      one.row.cells[1].textContent = isCounted ? format.format(count ?? 0) : one.all;
      one.row.hidden = (isCounted && !count) || (category && value(one.row, heads.length - 1) !== category) || !words.every((word) => one.name.includes(word));
      shown += one.row.hidden ? 0 : 1;
    }
    // The other columns speak of all reviews.
    const was = table.classList.contains("counted");
    table.classList.toggle("counted", isCounted);
    if (isCounted || was) sort(1, "descending");
    form.querySelector("[data-shown]").textContent = format.format(shown);
    const reviews = form.querySelector("[data-reviews]");
    reviews.textContent = format.format(fitting.length);
    reviews.parentElement.hidden = !isCounted;
  };
}

/** The lists of changes, narrowed by factor, purpose and what is changed. */
function changes(chosen) {
  const parts = [...document.querySelectorAll("main > .block")].map((part) => ({ part, list: part.querySelector("ol.rows"), count: part.querySelector("h2 .count") }));
  const lists = parts.filter(({ list }) => list?.querySelector("[data-row]"));
  const totals = lists.map(({ count }) => count.textContent);
  const page = new Set(document.querySelectorAll("[data-row]"));
  const status = form.querySelector("[role=status]");
  const template = document.querySelector("main > template");
  let rows = [...page];
  let known;

  const link = (place, [words, href]) => Object.assign(place, { textContent: words, href });
  const row = (hrefs, [position, , when, note, change, evidence, review, again, organisation]) => {
    const item = template.content.cloneNode(true).firstChild;
    item.dataset.row = position;
    const [words, proof, repeated] = item.querySelectorAll(".what p");
    item.querySelector(".when").textContent = when;
    item.querySelector(".key small").textContent = note;
    words.textContent = change;
    if (evidence) proof.textContent = evidence;
    else proof.remove();
    if (again) link(repeated.querySelector("a"), again);
    else repeated.remove();
    const facts = item.lastChild;
    link(facts.querySelector("a"), review);
    const [factors, kinds, updates] = position.split(",").map(numbers);
    const option = (select, at) => form.elements[select].options[at + 1].textContent;
    if (organisation) facts.append(` · ${organisation}`);
    for (const at of factors) facts.append(" · ", link(document.createElement("a"), [option("factor", at), hrefs[at]]));
    for (const at of kinds) facts.append(` · ${option("kind", at)}`);
    if (updates.length) facts.append(` · ${updates.map((at) => option("change", at)).join(", ")}`);
    return item;
  };
  const read = async () => {
    const data = await load(form.dataset.source, "casebookControls");
    const made = data.rows.map((one) => [one[1], row(data.factors, one)]);
    for (const { part, list } of lists) {
      const id = part.querySelector("h2").id;
      list.append(...made.filter(([state]) => state === id).map(([, item]) => item));
    }
    rows = [...document.querySelectorAll("[data-row]")];
  };
  return async () => {
    const wanted = chosen().map((select) => (select.value ? select.selectedIndex - 1 : -1));
    const isFiltered = wanted.some((at) => at >= 0);
    if (isFiltered && form.dataset.source) await (known ??= read());
    for (const item of rows) {
      const fields = item.dataset.row.split(",").map(numbers);
      item.hidden = isFiltered ? !wanted.every((at, field) => at < 0 || fields[field].includes(at)) : !page.has(item);
    }
    let shown = 0;
    lists.forEach(({ part, list, count }, at) => {
      const number = list.querySelectorAll(":scope > :not([hidden])").length;
      count.textContent = isFiltered ? format.format(number) : totals[at];
      part.hidden = isFiltered && !number;
      shown += number;
      const more = part.querySelector(".more");
      if (more) more.hidden = isFiltered;
    });
    for (const jump of document.querySelectorAll(".jump a")) {
      const at = lists.findIndex(({ part }) => `#${part.querySelector("h2").id}` === jump.hash);
      if (at < 0) continue;
      jump.querySelector(".count").textContent = lists[at].count.textContent;
      jump.parentElement.hidden = lists[at].part.hidden;
    }
    status.hidden = !isFiltered;
    status.querySelector("strong").textContent = format.format(shown);
  };
}

if (form) {
  const fields = [...form.querySelectorAll("select, input")];
  /** What stands in the fields with these names, in their order, and then all other fields. */
  const chosen = (...names) => [...names.map((name) => form.elements[name]?.value), ...fields.filter(({ name }) => !names.includes(name))];
  const show = (form.matches(".factor-filter") ? factors : changes)(chosen);
  const remember = () => {
    const address = new URL(location.href);
    for (const { name, value } of fields) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    try {
      history.replaceState(null, "", address);
    } catch {}
  };
  const parameters = new URLSearchParams(location.search);
  for (const field of fields) {
    const wanted = parameters.get(field.name);
    if (wanted && (!field.options || [...field.options].some((option) => option.value === wanted))) field.value = wanted;
  }
  form.addEventListener("input", () => {
    show();
    remember();
  });
  form.addEventListener("reset", () => {
    setTimeout(() => {
      fields.forEach((field) => (field.value = ""));
      show();
      remember();
    });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}
