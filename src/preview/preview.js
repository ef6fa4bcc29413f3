// Keeps a page of the preview fresh, and shows over it what stands in the way of a newer one.
(function () {
  "use strict";
  var script = document.currentScript;
  var own = new URL(".", script.src);
  var shown = { build: script.dataset.build, page: script.dataset.page, styles: script.dataset.styles };
  var isEmpty = !document.querySelector("main");
  var sheet = new CSSStyleSheet();
  var styles = fetch(new URL("preview.css", own)).then(function (answer) { return answer.text(); });
  styles.then(function (text) { sheet.replaceSync(text); }).catch(function () {});

  // Elements of the preview stand in a shadow, where the theme's styles do not reach them.
  function host(name) {
    var element = document.createElement("div");
    element.id = "casebook-" + name;
    var shadow = element.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    document.body.append(element);
    return shadow;
  }

  function make(tag, className, children) {
    var element = document.createElement(tag);
    if (className) { element.className = className; }
    (Array.isArray(children) ? children : [children]).forEach(function (child) {
      if (child !== undefined && child !== "") { element.append(child); }
    });
    return element;
  }

  function place(finding) {
    var text = finding.file + ":" + finding.line + ":" + finding.column;
    if (!finding.editor) { return make("span", "place", text); }
    var link = make("a", "place", text);
    link.href = finding.editor;
    return link;
  }

  function card(finding) {
    var rule = make("span", "rule", finding.rule + " " + finding.name);
    return make("article", "finding " + finding.level, [
      make("h2", "", [make("span", "level", finding.level), " ", finding.message]),
      make("p", "where", [place(finding), " ", rule]),
      finding.excerpt && make("pre", "", finding.excerpt),
      make("p", "help", finding.help),
      make("p", "why", finding.why)
    ]);
  }

  var overlay = null;

  function showErrors(status) {
    var trouble = status.trouble || status.errors.length;
    if (!trouble) {
      if (overlay) { overlay.host.remove(); overlay = null; }
      return;
    }
    if (!overlay) {
      overlay = host("overlay");
      // What can be read stays in sight.
      overlay.host.toggleAttribute("data-small", Boolean(status.current && !isEmpty));
    }
    var count = status.counts.errors;
    var title = status.trouble ? "The site folder cannot be read" : count === 1 ? "1 error" : count + " errors";
    var note = isEmpty ? "The site appears when this is fixed."
      : status.current ? "Shown here only: `casebook build` publishes nothing until this is fixed." : "Showing the last valid version.";
    var small = make("button", "", overlay.host.hasAttribute("data-small") ? "Show" : "Hide");
    small.type = "button";
    small.addEventListener("click", function () {
      overlay.host.toggleAttribute("data-small");
      small.textContent = overlay.host.hasAttribute("data-small") ? "Show" : "Hide";
    });
    var more = count - status.errors.length;
    var panel = make("section", "overlay", [
      make("header", "", [make("h1", "", title), make("p", "", note), isEmpty ? "" : small]),
      make("div", "list", status.errors.map(card).concat([
        status.trouble && make("pre", "", status.trouble),
        more > 0 ? make("p", "why", more + " more; `casebook check --format concise` lists each.") : ""
      ]))
    ]);
    panel.setAttribute("role", "alert");
    overlay.replaceChildren(panel);
  }

  var counter = null;

  function showWarnings(status) {
    var count = status.counts.warnings;
    if (!count) {
      if (counter) { counter.host.remove(); counter = null; }
      return;
    }
    counter = counter || host("warnings");
    var old = counter.querySelector("details");
    var more = count - status.warnings.length;
    var details = make("details", "warnings", [
      make("summary", "", count === 1 ? "1 warning" : count + " warnings"),
      make("div", "list", status.warnings.map(card).concat([
        more > 0 ? make("p", "why", more + " more; `casebook check --format concise` lists each.") : ""
      ]))
    ]);
    details.open = Boolean(old && old.open);
    counter.replaceChildren(details);
  }

  // Letters and digits only: the page and its source differ in everything else.
  function bare(text) { return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ""); }

  var BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, td, th, pre, blockquote, figcaption";

  // The smallest block that shows the words, or a part of them.
  function blockOf(words, blocks) {
    for (var at = 0; at < words.length; at += 1) {
      var wanted = bare(words[at]);
      var found = wanted.length < 6 ? [] : blocks.filter(function (block) { return block.text.includes(wanted); });
      if (found.length) {
        found.sort(function (a, b) { return a.text.length - b.text.length; });
        return found[0].element;
      }
    }
    return null;
  }

  // The words as a range of the text of a block; null when they do not stand there in one piece.
  function rangeOf(words, block) {
    var places = [];
    var text = "";
    var nodes = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      var node = nodes.currentNode;
      for (var at = 0; at < node.data.length; at += 1) {
        var letter = bare(node.data[at]);
        text += letter;
        for (var many = 0; many < letter.length; many += 1) { places.push([node, at]); }
      }
    }
    for (var one = 0; one < words.length; one += 1) {
      var wanted = bare(words[one]);
      var start = wanted.length < 3 ? -1 : text.indexOf(wanted);
      if (start >= 0) {
        var last = places[start + wanted.length - 1];
        var range = document.createRange();
        range.setStart(places[start][0], places[start][1]);
        range.setEnd(last[0], last[1] + 1);
        return range;
      }
    }
    return null;
  }

  // Underlines the words that findings are about. Ranges leave the page as it is.
  function underline(placed) {
    if (!window.CSS || !CSS.highlights) { return; }
    ["error", "warning", "advice"].forEach(function (level) {
      var ranges = placed.filter(function (note) { return note.finding.level === level; })
        .map(function (note) { return rangeOf([note.finding.marked].concat(note.finding.words), note.block); })
        .filter(Boolean);
      CSS.highlights.delete("casebook-" + level);
      if (ranges.length) { CSS.highlights.set("casebook-" + level, new Highlight(...ranges)); }
    });
  }

  var lines = new CSSStyleSheet();
  lines.replaceSync("::highlight(casebook-advice) { text-decoration: underline dotted 2px; } " +
    "::highlight(casebook-warning) { text-decoration: underline wavy 1.5px light-dark(#7a5200, #f3c566); } " +
    "::highlight(casebook-error) { text-decoration: underline wavy 1.5px light-dark(#a3211b, #ff9a8f); }");
  document.adoptedStyleSheets = document.adoptedStyleSheets.concat(lines);

  var margin = null;
  var notes = [];

  // Notes stand at the right edge, each beside its block and none over another.
  function arrange() {
    if (!margin) { return; }
    var main = document.querySelector("main").getBoundingClientRect();
    var width = Math.min(300, innerWidth - main.right - 16);
    var isNarrow = width < 150;
    margin.host.toggleAttribute("data-narrow", isNarrow);
    var end = 0;
    notes.forEach(function (note) {
      var top = note.block.getBoundingClientRect().top + scrollY;
      note.element.style.width = isNarrow ? "" : width + "px";
      note.element.style.top = Math.max(top, end) + "px";
      end = Math.max(top, end) + note.element.offsetHeight + 4;
    });
  }

  function showMargin(authoring, blocks) {
    if (margin) { margin.host.remove(); margin = null; }
    notes = [];
    var unplaced = [];
    var placed = [];
    authoring.findings.forEach(function (finding) {
      var block = blockOf(finding.words, blocks);
      if (block) { placed.push({ block: block, finding: finding }); } else { unplaced.push(finding); }
    });
    underline(placed);
    if (placed.length) {
      margin = host("margin");
      placed.sort(function (a, b) { return a.block.getBoundingClientRect().top - b.block.getBoundingClientRect().top; });
      placed.forEach(function (note) {
        var finding = note.finding;
        var element = make("details", "note " + finding.level, [
          make("summary", "", [make("span", "level", finding.level), make("span", "said", " " + finding.message)]),
          make("div", "", [make("p", "help", finding.help), make("p", "where", [place(finding), " ", make("span", "rule", finding.rule + " " + finding.name)])])
        ]);
        element.addEventListener("toggle", arrange);
        margin.append(element);
        notes.push({ block: note.block, element: element });
      });
      arrange();
    }
    return unplaced;
  }

  var bar = null;

  function showBar(authoring, unplaced) {
    bar = bar || host("bar");
    var have = authoring.complete - authoring.missing.length;
    var source = make(authoring.editor ? "a" : "span", "place", authoring.source);
    if (authoring.editor) { source.href = authoring.editor; }
    var meter = "";
    if (authoring.complete) {
      meter = make("progress", "");
      meter.max = authoring.complete;
      meter.value = have;
      meter.setAttribute("aria-label", "How complete the review is");
    }
    var old = bar.querySelector("details");
    var details = "";
    if (authoring.missing.length || unplaced.length) {
      details = make("details", "", [
        make("summary", "", [authoring.complete ? have + " of " + authoring.complete + " parts complete" : "", unplaced.length ? " · " + unplaced.length + (unplaced.length === 1 ? " note" : " notes") : ""]),
        make("div", "list", [
          authoring.missing.length ? make("p", "", "A complete review also has:") : "",
          authoring.missing.length ? make("ul", "", authoring.missing.map(function (name) { return make("li", "", name); })) : ""
        ].concat(unplaced.map(card)))
      ]);
      details.open = Boolean(old && old.open);
    } else if (authoring.complete) {
      details = make("span", "", "complete");
    }
    bar.replaceChildren(make("section", "bar", [
      authoring.withheld ? make("strong", "withheld", "Not published: " + authoring.withheld) : "", source, meter, details
    ]));
  }

  // What readers do not see: links to withheld reviews, and internal blocks.
  function showWithheld(status, blocks) {
    document.querySelectorAll(".casebook-withheld, .casebook-internal").forEach(function (old) { old.remove(); });
    var reasons = new Map(status.withheld);
    document.querySelectorAll("main a[href]").forEach(function (link) {
      var reason = reasons.get(decodeURIComponent(link.pathname));
      if (!reason || link.hash) { return; }
      var mark = make("span", "casebook-withheld");
      shade(mark, make("span", "mark", reason));
      link.after(" ", mark);
    });
    (status.authoring ? status.authoring.internal : []).forEach(function (internal) {
      var block = blockOf(internal[1], blocks) || document.querySelector("main");
      var element = make("div", "casebook-internal");
      shade(element, make("aside", "internal", [make("strong", "", "Internal, never published"), make("pre", "", internal[0])]));
      if (/^(LI|DT|DD|TD|TH|MAIN)$/.test(block.tagName)) { block.append(element); } else { block.after(element); }
    });
  }

  function shade(element, content) {
    var shadow = element.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(content);
  }

  function showAuthoring(status) {
    var main = document.querySelector("main");
    if (!main) { return; }
    document.querySelectorAll(".casebook-internal").forEach(function (old) { old.remove(); });
    // Contents repeat the headings.
    var blocks = Array.from(main.querySelectorAll(BLOCKS)).filter(function (element) { return !element.closest("nav"); }).map(function (element) {
      return { element: element, text: bare(element.textContent) };
    });
    if (status.withheld.length || (status.authoring && status.authoring.internal.length)) { showWithheld(status, blocks); }
    if (status.authoring) { showBar(status.authoring, showMargin(status.authoring, blocks)); }
  }

  addEventListener("resize", arrange);
  addEventListener("load", arrange);

  // What a reader typed and opened is there again after a reload.
  var KEPT = "casebook-kept:" + location.pathname;

  function keep() {
    var fields = [];
    document.querySelectorAll("input[type=search], input[type=text], details").forEach(function (element, at) {
      fields.push({
        at: at, value: element.value, open: element.open, checked: element.checked, dialog: Boolean(element.closest("dialog[open]")),
        focus: element === document.activeElement, start: element.selectionStart
      });
    });
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ x: scrollX, y: scrollY, search: location.search, fields: fields }));
    } catch (error) { /* Nothing is kept where nothing may be stored. */ }
  }

  function restore() {
    var kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
    } catch (error) { return; }
    if (!kept) { return; }
    var elements = document.querySelectorAll("input[type=search], input[type=text], details");
    kept.fields.forEach(function (field) {
      var element = elements[field.at];
      if (!element) { return; }
      if (element.tagName === "DETAILS") { element.open = field.open; return; }
      if (field.dialog && element.closest("dialog:not([open])")) { element.closest("dialog").showModal(); }
      if (field.value && element.value !== field.value) {
        element.value = field.value;
        element.dispatchEvent(new Event("input", { bubbles: true }));
      }
      if (field.focus) {
        element.focus({ preventScroll: true });
        if (field.start !== null) { element.setSelectionRange(field.start, field.start); }
      }
    });
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  }

  function reload() {
    keep();
    location.reload();
  }

  // Replaces the style sheets; the page itself is unchanged.
  function restyle() {
    return fetch(location.href, { cache: "no-store", headers: { accept: "text/html" } }).then(function (answer) {
      return answer.text();
    }).then(function (html) {
      var fresh = new DOMParser().parseFromString(html, "text/html").querySelectorAll("link[rel=stylesheet]");
      var old = document.querySelectorAll("link[rel=stylesheet]");
      if (fresh.length !== old.length) { reload(); return; }
      old.forEach(function (link, at) {
        var href = fresh[at].getAttribute("href");
        if (link.getAttribute("href") === href) { return; }
        // The old one goes when the new one is there, so that the page is never bare.
        var next = link.cloneNode();
        next.href = href;
        next.addEventListener("load", function () { link.remove(); });
        link.after(next);
      });
    });
  }

  var asked = 0;

  function ask(what) {
    var address = new URL(what + "?page=" + encodeURIComponent(decodeURIComponent(location.pathname)), own);
    return fetch(address, { cache: "no-store" }).then(function (answer) { return answer.json(); });
  }

  // The new page is there before it is known what was found in it.
  function update() {
    var number = ++asked;
    return ask("fingerprint").then(function (fingerprint) {
      return fingerprint.page === shown.page || number !== asked ? ask("status") : fingerprint;
    }).then(function (status) {
      // A later question has been asked meanwhile, and its answer is newer.
      if (number !== asked) { return; }
      if (status.page !== shown.page) { reload(); return; }
      if (status.styles !== shown.styles) { restyle(); }
      shown = { build: status.build, page: status.page, styles: status.styles };
      showErrors(status);
      showWarnings(status);
      showAuthoring(status);
    }).catch(function () {});
  }

  function listen() {
    var events = new EventSource(new URL("events", own));
    var isFirst = true;
    // Browsers try again by themselves, but not after they were refused.
    events.addEventListener("error", function () {
      if (events.readyState === EventSource.CLOSED) { setTimeout(listen, 10000); }
    });
    events.addEventListener("build", function (event) {
      var news = JSON.parse(event.data);
      var isNew = news.build !== shown.build;
      if (news.follow && !isFirst && news.follow !== decodeURIComponent(location.pathname)) {
        location.href = encodeURI(news.follow);
        return;
      }
      // What was missed is made up for, the findings of the page as it came among it.
      if (isNew || isFirst) { update(); }
      isFirst = false;
    });
    addEventListener("pagehide", function () { events.close(); });
    addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
  }

  if (document.readyState === "complete") { restore(); } else { addEventListener("load", restore); }
  listen();
})();
