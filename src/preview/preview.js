// Keeps a page of the preview fresh, and shows over it what stands in the way of a newer one.
(function () {
  "use strict";
  var script = document.currentScript;
  var own = new URL(".", script.src);
  var shown = { build: script.dataset.build, page: script.dataset.page, look: script.dataset.look };
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
    overlay = overlay || host("overlay");
    var count = status.counts.errors;
    var title = status.trouble ? "The site folder cannot be read" : count === 1 ? "1 error" : count + " errors";
    var note = isEmpty ? "The site is shown as soon as this is mended." : "The page below is the last good one.";
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
        more > 0 ? make("p", "why", more + " more; `casebook check` lists them all.") : ""
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
        more > 0 ? make("p", "why", more + " more; `casebook check` lists them all.") : ""
      ]))
    ]);
    details.open = Boolean(old && old.open);
    counter.replaceChildren(details);
  }

  // What a reader typed and opened is there again after a reload.
  var KEPT = "casebook-kept:" + location.pathname;

  function keep() {
    var fields = [];
    document.querySelectorAll("input[type=search], input[type=text], details").forEach(function (element, at) {
      fields.push({
        at: at, value: element.value, open: element.open, checked: element.checked,
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

  // The same page with other style sheets: they are put in the place of the old ones.
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

  function look() {
    var number = ++asked;
    var address = new URL("status?page=" + encodeURIComponent(decodeURIComponent(location.pathname)), own);
    return fetch(address, { cache: "no-store" }).then(function (answer) { return answer.json(); }).then(function (status) {
      // A later question has been asked meanwhile, and its answer is newer.
      if (number !== asked) { return; }
      if (status.page !== shown.page) { reload(); return; }
      if (status.look !== shown.look) { restyle(); }
      shown = { build: status.build, page: status.page, look: status.look };
      showErrors(status);
      showWarnings(status);
    }).catch(function () {});
  }

  function listen() {
    var events = new EventSource(new URL("events", own));
    var isFirst = true;
    events.addEventListener("build", function (event) {
      var follow = event.data && !isFirst && event.data !== decodeURIComponent(location.pathname);
      var isNew = event.lastEventId !== shown.build;
      if (follow) { location.href = encodeURI(event.data); return; }
      // What was missed is made up for, the findings of the page as it came among it.
      if (isNew || isFirst) { look(); }
      isFirst = false;
    });
    addEventListener("pagehide", function () { events.close(); });
    addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
  }

  if (document.readyState === "complete") { restore(); } else { addEventListener("load", restore); }
  listen();
})();
