// The search: a dialog on every page, the search page, and the highlights on the page that a result leads to. The engine and
// the index are loaded when a reader is about to type. Text from the index or the address reaches the page as text only.
"use strict";
(() => {
  const way = document.querySelector(".find");
  if (!way) return;
  const page = document.getElementById("search-page");
  const root = way.getAttribute("href").slice(0, -"search.html".length);
  let say = way.dataset;
  const fill = (text = "", values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const count = (number) => fill(say.count, { n: number.toLocaleString(document.documentElement.lang) });

  /** `element` with attributes and more children; children are elements or text. */
  function give(element, attributes, ...children) {
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }
  const make = (name, attributes = {}, ...children) => give(document.createElement(name), attributes, ...children);

  // Loading: scripts work where fetching does not, such as on pages that were opened from disk.
  globalThis.casebookData = (data) => (document.currentScript.given = data);
  const script = (source) =>
    new Promise((resolve, reject) => {
      const element = make("script", { src: source });
      element.onload = () => resolve(element.given);
      element.onerror = reject;
      document.head.append(element);
    });

  let searcher, good;
  /** The engine with the index. `fresh` asks again for the list of the files: a newer site may have replaced them. */
  function ready(fresh) {
    if (fresh || !searcher) {
      const engine = globalThis.casebookSearch ?? script(say.engine);
      const list = script(`${root}search/index.js${fresh ? `?${Date.now()}` : ""}`);
      const made = Promise.all([engine, list]).then(([, index]) => {
        if (index.version !== casebookSearch.version) throw "version";
        say = { ...way.dataset, ...index.say };
        return casebookSearch.open(index, (name) => script(`${root}search/${name}.js`));
      });
      searcher = made;
      // Without a network, what was loaded before is still good.
      made.then(() => (good = made), () => searcher === made && (searcher = good));
    }
    return searcher;
  }

  /** What `ask` promises of the searcher; asked once more with a fresh index when something could not be loaded. */
  const withIndex = async (ask) => {
    try {
      return await ask(await ready());
    } catch {
      return ask(await ready(true));
    }
  };

  // Phrases are looked up in the pages, which are at hand when a result is chosen. Pages that were opened from the disk cannot
  // read each other, and take the copy of their texts in the index.
  const readable = location.protocol !== "file:";
  const address = (id) => `${root}${id.split("/").map(encodeURIComponent).join("/")}.html`;
  let pages;
  const review = (id) =>
    (pages ??= casebookSearch.once(async (id) => {
      const answer = await fetch(address(id));
      return new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html").querySelector("main")?.textContent ?? "";
    }))(id);
  async function hasPhrases(searcher, hit, phrases) {
    const { id, title } = await searcher.card(hit.number);
    const text = readable ? await review(id).catch(() => "") : (await searcher.texts(hit.number)).join("\n");
    return phrases.every((phrase) => casebookSearch.hasPhrase(`${title}\n${text}`, phrase));
  }

  /** The reviews that answer, from `hits`, until there are `limit` of them. */
  async function first(searcher, query, hits, limit) {
    if (!query.phrases.length || !(readable || searcher.hasTexts)) return { shown: hits.slice(0, limit), total: hits.length };
    const [shown, batch] = [[], 8];
    let at = 0;
    for (; at < hits.length && shown.length < limit && at < limit * 8; at += batch) {
      const some = hits.slice(at, at + batch);
      const have = await Promise.all(some.map((hit) => hasPhrases(searcher, hit, query.phrases)));
      shown.push(...some.filter((_, place) => have[place]));
    }
    return { shown: shown.slice(0, limit), total: at >= hits.length ? shown.length : null };
  }

  /** What was understood otherwise than it was written, or not at all. */
  function corrections({ fields }, { unknownFields }, { unknown, unknownValues }) {
    const quoted = (column, value) => `${column}:${/\s/.test(value) ? `"${value}"` : value}`;
    const notes = [
      ...unknownFields.map((name) => fill(say.noField, { name, fields: fields.join(", ") })),
      ...unknownValues.map(([column, value, offers]) =>
        offers.length
          ? fill(say.noValue, { value: quoted(column, value), offers: offers.map((offer) => quoted(column, offer)).join(", ") })
          : fill(say.unknown, { word: quoted(column, value) })),
      ...unknown.map(([word, offers]) => fill(offers.length ? say.instead : say.unknown, { word, offers: offers.join(", ") })),
    ];
    return notes.join(" ");
  }

  // The summary stands right below the title: a result that is found there leads to the beginning of the page.
  const link = (card, anchor, words) => `${address(card.id)}?highlight=${encodeURIComponent(words)}${anchor && anchor !== "summary" ? `#${encodeURIComponent(anchor)}` : ""}`;

  /** What answers `text`, of which `limit` are shown: for each its number, its card, the places of its matches, and `marked`. */
  const ask = (text, limit, narrow = (searcher, hits) => hits) =>
    withIndex(async (searcher) => {
      const query = searcher.parse(text);
      if (page) searcher.catalogue().catch(() => {});
      const answer = await searcher.search(query);
      const kept = await narrow(searcher, answer.hits);
      const { shown, total } = await first(searcher, query, kept, limit);
      const cards = await Promise.all(shown.map((hit) => searcher.card(hit.number)));
      const isMatch = casebookSearch.matcher(query, answer.unknown.flatMap(([, offers]) => offers));
      const marked = (words) => casebookSearch.pieces(words, isMatch).map((piece) => (piece.isMatch ? make("mark", {}, piece.text) : piece.text));
      const results = shown.map(({ number, sections }, place) => {
        const card = cards[place];
        const excerpt = make("span", { class: "search-excerpt" }, ...marked(card.lead));
        return { number, card, excerpt, title: marked(card.title), places: sections().flatMap((at) => (card.places[at]?.[0] ? [card.places[at]] : [])) };
      });
      const said = corrections(searcher, query, answer);
      return { results, total, isAll: kept.length <= shown.length, said, found: total === null ? "" : total ? count(total) : said ? "" : fill(say.none, { query: text }) };
    });

  const title = way.textContent.replace(/\/$/, "").trim();
  const form = document.querySelector("form.search") ?? make("form", { class: "search", role: "search", action: `${root}search.html` });
  const input = form.querySelector("input") ?? make("input", { id: "search", name: "q", type: "search", "aria-label": title, placeholder: title, autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: "300" });
  const status = make("p", { role: "status", class: "hidden" });
  form.append(status);
  let open = () => {
    input.focus();
    input.select();
  };
  addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, textarea, select, [contenteditable]");
    const letter = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!slash && !letter) return;
    event.preventDefault();
    open();
  });

  let turn = 0;
  /** Waits until typing pauses; whether this is still the last thing that was typed. */
  const pause = async (time) => {
    turn += 1;
    const own = turn;
    await new Promise((resolve) => setTimeout(resolve, time));
    return () => own === turn;
  };

  if (page) searchPage();
  else searchDialog();
  highlight();

  function searchDialog() {
    const list = make("div", { class: "search-list", id: "search-list", role: "listbox", hidden: "" });
    const note = make("p", { class: "search-note quiet", hidden: "" });
    const close = make("button", { type: "button" }, say.close);
    const dialog = make("dialog", { class: "search-dialog", "aria-label": title }, give(form, {}, input, close, note, list));
    const button = make("button", { type: "button", class: "find", "aria-haspopup": "dialog", "aria-keyshortcuts": "/ Control+K" }, ...way.childNodes);
    way.replaceWith(button);
    document.body.append(dialog);
    give(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": "search-list", "aria-expanded": "false" });
    open = () => {
      if (!dialog.open) dialog.showModal();
      input.select();
      prepare();
    };
    button.addEventListener("click", open);
    const prepare = () => ready().catch(() => {});
    button.addEventListener("pointerenter", prepare);
    // Where searches begin, the engine is there before the first letter.
    if (/home|reviews/.test(document.body.className) && !navigator.connection?.saveData) addEventListener("load", () => setTimeout(prepare, 500));
    close.addEventListener("click", () => dialog.close());
    // What is clicked beside the form is the dialog itself, which has no edge of its own.
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

    let chosen = -1;
    const options = () => [...list.children];
    const choose = (at) => {
      const all = options();
      chosen = (at + all.length + 1) % (all.length + 1);
      if (chosen === all.length) chosen = -1;
      all.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
      if (chosen < 0) input.removeAttribute("aria-activedescendant");
      else {
        give(input, { "aria-activedescendant": all[chosen].id });
        all[chosen].scrollIntoView({ block: "nearest" });
      }
    };
    const show = (rows, text, heard = text) => {
      // The page that was chosen stays chosen, whatever is marked in it by now.
      const kept = options()[chosen]?.pathname;
      list.replaceChildren(...rows);
      list.hidden = !rows.length;
      give(list, { "aria-label": say.results });
      give(input, { "aria-expanded": String(!list.hidden) });
      choose(rows.findIndex((row) => row.pathname === kept));
      note.textContent = text;
      note.hidden = !text;
      status.textContent = heard;
    };

    input.addEventListener("input", async () => {
      const text = input.value.trim();
      // One or two letters are mostly the beginning of more, and many words begin with them.
      const isLast = await pause(text && input.value.split(" ").at(-1).length < 3 ? 200 : 30);
      if (!isLast()) return;
      if (!text) return show([], "");
      try {
        const { results, total, isAll, said, found } = await ask(input.value, 6);
        if (!isLast()) return;
        const option = (id, attributes, ...parts) => make("a", { role: "option", id: `search-${id}`, "aria-selected": "false", tabindex: "-1", ...attributes }, ...parts);
        const rows = results.map(({ card, title, excerpt, places: [best] }, at) =>
          option(at, { href: link(card, best?.[0], text) }, make("span", { class: "search-title" }, ...title), excerpt, make("span", { class: "quiet" }, best?.[1] ?? "")));
        if (!isAll) rows.push(option("all", { class: "search-all", href: `${root}search.html?q=${encodeURIComponent(text)}` }, say.all));
        show(rows, said || (total ? "" : found), [said, found].filter(Boolean).join(" "));
      } catch {
        if (isLast()) show([], say.broken);
      }
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        choose(event.key === "ArrowDown" ? chosen + 1 : chosen - 1);
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        options()[chosen].click();
      } else if (event.key === "Escape") {
        // A browser would empty the box first.
        event.preventDefault();
        dialog.close();
        input.blur();
      }
    });
  }

  function searchPage() {
    const parts = [...page.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]);
    const { filters, facets, results, summary, sort, more, help, clear } = Object.fromEntries(parts);
    const fallback = document.getElementById("search-fallback");
    const columns = ["severity", "kind", "factor", "service", "org", "year"];
    const narrowed = {};
    let limit = 10;
    const state = () => {
      const given = new URLSearchParams(location.search);
      return { text: given.get("q") ?? "", sort: given.get("sort") ?? "", chosen: columns.map((column) => [column, given.getAll(column)]) };
    };
    // Where there is room beside the results, the filters are always open.
    const room = matchMedia("(min-width: 60rem)");
    const unfold = () => (filters.open = room.matches || state().chosen.some(([, values]) => values.length));
    room.addEventListener("change", unfold);
    unfold();
    const put = (given, name, value) => (value ? given.set(name, value) : given.delete(name));
    const go = (change, push) => {
      const given = new URLSearchParams(location.search);
      change(given);
      const query = given.toString();
      history[push ? "pushState" : "replaceState"](null, "", query ? `?${query}` : location.pathname);
      limit = 10;
      update();
    };

    async function update() {
      const isLast = await pause(0);
      const { text, sort: order, chosen } = state();
      if (document.activeElement !== input) input.value = text;
      sort.value = order;
      let data, wanted, hits;
      const fits = (hit, [column, values]) => !values.size || data.rows[hit.number][column].some((value) => values.has(value));
      const told = (text) => {
        summary.textContent = text;
        status.textContent = text;
        page.hidden = false;
      };
      try {
        const answer = await ask(text, limit, async (searcher, all) => {
          hits = all;
          data = await searcher.catalogue();
          wanted = await Promise.all(chosen.map(async ([column, values]) => [column, await searcher.values(column, values)]));
          const kept = hits.filter((hit) => wanted.every((filter) => fits(hit, filter)));
          const rank = (hit) => (order === "severity" ? data.rows[hit.number].severity[0] ?? 99 : 0);
          return order ? kept.sort((a, b) => rank(a) - rank(b) || b.number - a.number) : kept;
        });
        if (!isLast()) return;
        const focus = document.activeElement;
        const inside = focus.closest(".facet")?.dataset.column;
        facets.replaceChildren(...wanted.flatMap((filter) => facet(data, filter, hits.filter((hit) => wanted.every((other) => other === filter || fits(hit, other))))));
        if (inside) facets.querySelector(`[data-column=${inside}] [value="${CSS.escape(focus.value)}"]`)?.focus();
        filters.hidden = !facets.children.length;
        const shown = answer.results.length;
        results.replaceChildren(...answer.results.map((one) => result(one, data, text)));
        told([answer.said, answer.found || count(shown)].filter(Boolean).join(" "));
        more.hidden = answer.total !== null && shown >= answer.total;
        help.hidden = fallback.hidden = shown > 0;
        clear.hidden = shown > 0 || !chosen.some(([, values]) => values.length);
      } catch {
        if (!isLast()) return;
        results.replaceChildren();
        told(say.broken);
        fallback.hidden = false;
      }
    }

    function facet(data, [column, values], hits) {
      const counts = new Map([...values].map((value) => [value, 0]));
      for (const hit of hits) for (const value of data.rows[hit.number][column]) counts.set(value, (counts.get(value) ?? 0) + 1);
      if (counts.size < 2 && !values.size) return [];
      const name = (value) => data[column][value][0] || say.undated;
      const label = (value) => (column === "kind" ? (value ? say.near : say.incident) : name(value));
      const byName = { severity: (a, b) => a[0] - b[0], year: (a, b) => (name(a[0]) < name(b[0]) ? 1 : -1) }[column];
      const sorted = [...counts].sort((a, b) => values.has(b[0]) - values.has(a[0]) || (byName ?? ((a, b) => b[1] - a[1] || (name(a[0]) < name(b[0]) ? -1 : 1)))(a, b));
      const row = ([value, number]) => {
        const box = make("input", { type: "checkbox", value: name(value) });
        box.checked = values.has(value);
        box.addEventListener("change", () => go((given) => {
          const others = given.getAll(column).filter((other) => other !== box.value);
          given.delete(column);
          for (const other of box.checked ? [...others, box.value] : others) given.append(column, other);
        }, true));
        return make("label", { class: "facet-value" }, box, make("span", {}, label(value)), make("span", { class: "count" }, String(number)));
      };
      // Few are shown at once, all are found by a part of their name.
      const list = make("div", { class: "facet-values" });
      const narrow = make("input", { type: "search", class: "facet-filter", placeholder: say.find, "aria-label": `${say[column]}: ${say.find}`, value: narrowed[column] ?? "" });
      const show = () => {
        const part = (narrowed[column] = narrow.value).toLowerCase();
        const fitting = sorted.filter(([value]) => label(value).toLowerCase().includes(part));
        const rest = fitting.splice(30).length;
        list.replaceChildren(...fitting.map(row), ...(rest ? [make("p", { class: "quiet" }, fill(say.others, { n: rest }))] : []));
      };
      narrow.addEventListener("input", show);
      show();
      return make("fieldset", { class: "facet", "data-column": column }, make("legend", { class: "label" }, say[column]), ...(sorted.length > 8 ? [narrow] : []), list);
    }

    function result({ number, card, title, excerpt, places }, data, text) {
      const row = data.rows[number];
      const names = (column) => row[column].map((at) => data[column][at][0]);
      const key = make("div", { class: "key" }, make("time", { class: "when", datetime: row.date || undefined }, row.date), ...names("severity").map((name) => make("span", { class: "quiet" }, name)));
      const marks = [row.withdrawn && say.withdrawn, row.nearMiss && say.near].filter(Boolean).map((mark) => make("span", { class: "badge" }, mark));
      const head = make("h2", { class: "search-title" }, make("a", { href: link(card, "", text) }, ...title), ...marks.flatMap((mark) => [" ", mark]));
      const ways = places.filter(([anchor]) => anchor !== "summary").map(([anchor, heading]) => make("a", { href: link(card, anchor, text) }, heading));
      const facts = [...names("org"), ...names("service"), ...ways].flatMap((fact, at) => (at ? [" · ", fact] : [fact]));
      return make("li", {}, key, make("div", { class: "what" }, head, make("p", {}, excerpt), make("p", { class: "quiet search-sections" }, ...facts)));
    }

    input.addEventListener("input", () => go((given) => put(given, "q", input.value.trim() && input.value), false));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go((given) => given.set("q", input.value.trim()), true);
    });
    sort.addEventListener("change", () => go((given) => put(given, "sort", sort.value), true));
    clear.addEventListener("click", () => go((given) => columns.forEach((column) => given.delete(column)), true));
    more.addEventListener("click", () => {
      limit += 10;
      update();
    });
    addEventListener("popstate", () => {
      input.value = state().text;
      update();
    });
    // What was typed before this script was there counts.
    if (input.value.trim() && !state().text) go((given) => given.set("q", input.value), false);
    else update();
    if (!state().text) input.focus({ preventScroll: true });
  }

  /** Marks the words of the question that led here. Ranges leave the page as it is. */
  async function highlight() {
    const asked = new URLSearchParams(location.search).get("highlight");
    const main = document.getElementById("main");
    if (!asked || page || !main || !globalThis.CSS?.highlights) return;
    const searcher = await ready().catch(() => {});
    if (!searcher) return;
    const isMatch = casebookSearch.matcher(searcher.parse(`${asked} `), []);
    const ranges = [];
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      for (const { start, end } of casebookSearch.words(node.data).filter(({ word }) => isMatch(word))) {
        const range = new Range();
        range.setStart(node, start);
        range.setEnd(node, end);
        ranges.push(range);
      }
    }
    if (!ranges.length) return;
    CSS.highlights.set("search", new Highlight(...ranges));
    const button = make("button", { type: "button", class: "highlights" }, say.clear);
    button.addEventListener("click", () => {
      CSS.highlights.delete("search");
      button.remove();
      const given = new URL(location);
      given.searchParams.delete("highlight");
      history.replaceState(null, "", given);
    });
    document.body.append(button);
  }
})();
