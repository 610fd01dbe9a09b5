// Narrows a table while typing: stands between <input data-filter="#table">, <select data-filter-status="#table">
// and the rows of that table. Accents, case and đ are ignored; every word typed must occur in the row.
// Headings (tr.group) stay as long as a row under them does. Without this module the whole table is shown.

/** Lower case without accents, đ as d, single spaces. */
function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/\s+/g, " ").trim();
}

const controls = document.querySelectorAll("[data-filter], [data-filter-status]");
const targetOf = (control) => control.dataset.filter || control.dataset.filterStatus;

function narrow(selector) {
  const table = document.querySelector(selector);
  if (!table) return;
  const words = [];
  const statuses = [];
  for (const control of controls) {
    if (targetOf(control) !== selector || !control.value) continue;
    if (control.dataset.filter) words.push(...fold(control.value).split(" "));
    else statuses.push(control.value);
  }
  let all = 0;
  let shown = 0;
  for (const body of table.tBodies) {
    let heading = null;
    for (const row of body.rows) {
      if (row.classList.contains("group")) {
        heading = row;
        heading.hidden = words.length + statuses.length > 0; // until a row under it shows
        continue;
      }
      row.dataset.folded ??= fold([...row.cells].map((cell) => cell.textContent).join(" "));
      const said = words.every((word) => row.dataset.folded.includes(word));
      row.hidden = !said || !statuses.every((status) => row.dataset.status === status);
      all += 1;
      if (row.hidden) continue;
      shown += 1;
      if (heading) heading.hidden = false;
    }
  }
  const place = document.querySelector(`[data-filter-count="${selector}"]`);
  if (!place) return;
  if (shown === 0) place.textContent = "Không có dòng nào khớp";
  else place.textContent = shown === all ? "" : `${shown} trên ${all} dòng`;
}

for (const control of controls) {
  control.addEventListener("input", () => narrow(targetOf(control)));
  if (control.value) narrow(targetOf(control)); // the browser keeps what was typed when one comes back
}
