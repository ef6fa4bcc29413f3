// Remembers whether the reader prefers light or dark. Loaded before the page is drawn, so that nothing flashes.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = matchMedia("(prefers-color-scheme: dark)");
  var chosen = null;
  try { chosen = localStorage.getItem("casebook-theme"); } catch (_) { /* Nothing is remembered then. */ }
  if (chosen === "light" || chosen === "dark") { root.dataset.theme = chosen; }
  function isDark() { return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches; }
  addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("button.scheme");
    if (!button) { return; }
    function label() { button.textContent = isDark() ? "Light" : "Dark"; }
    label();
    button.hidden = false;
    dark.addEventListener("change", label);
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("casebook-theme", root.dataset.theme); } catch (_) { /* Nothing is remembered then. */ }
      label();
    });
  });
})();
