// Runs before the page is painted, so that neither a chosen theme nor what needs scripts appears late.
document.documentElement.dataset.scripts = "on";
try {
  const chosen = localStorage.getItem("casebook-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {}
