// Reloads the page when the site changes, and shows over it what stands in the way of a newer one.
(function () {
  "use strict";
  var own = new URL(".", document.currentScript.src);
  var panel = null;

  function show(trouble) {
    if ("trouble" in document.body.dataset) {
      document.querySelector("pre").textContent = trouble;
      return;
    }
    if (!panel) {
      panel = document.createElement("pre");
      panel.setAttribute("role", "alert");
      panel.tabIndex = 0;
      Object.assign(panel.style, {
        position: "fixed", inset: "auto 0 0 0", maxHeight: "60vh", overflow: "auto", margin: "0", padding: "1rem",
        background: "#2b1212", color: "#fff4f2", borderTop: "4px solid #ff6b57", zIndex: "2147483647",
        font: "13px/1.45 ui-monospace, monospace", whiteSpace: "pre-wrap"
      });
      document.body.append(panel);
    }
    panel.textContent = "The page below is the last good one.\n\n" + trouble;
  }

  function look(reload) {
    fetch(new URL("trouble", own), { cache: "no-store" }).then(function (answer) { return answer.text(); }).then(function (trouble) {
      if (trouble) { show(trouble); } else if (reload) { location.reload(); }
    }).catch(function () {});
  }

  function listen() {
    var events = new EventSource(new URL("events", own));
    var lost = false;
    events.addEventListener("change", function () { look(true); });
    events.addEventListener("error", function () { lost = true; });
    // After the preview was started anew, anything may have changed.
    events.addEventListener("open", function () { look(lost); lost = false; });
  }

  listen();
})();
