// Warns before unsaved typing is left behind: stands between a plain form (<form data-leave>) and the back button.
// Forms with data-autosave do this themselves. Without this module the form works, only without the warning.

for (const form of document.querySelectorAll("form[data-leave]")) {
  let typed = false;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
  addEventListener("beforeunload", (event) => { if (typed) event.returnValue = true; });
}
