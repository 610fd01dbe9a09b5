// Sorts a table by its heading: stands between th[data-sort="text"|"number"] and the rows below it.
// Rows never leave their group (tr.group); blanks stay last in both directions, because blank is not zero.
// A cell may carry data-value (plain number or text) where what it shows does not sort by itself.

const collator = new Intl.Collator("vi", { numeric: true });

/** What a cell is sorted by: a number, a text, or null when it is blank ("", "–"). */
function keyOf(row, column, kind) {
  const cell = row.cells[column];
  if (cell?.dataset.value !== undefined) return kind === "number" ? Number(cell.dataset.value) : cell.dataset.value;
  const input = cell?.querySelector("input");
  const shown = (input ? input.value : cell?.textContent || "").trim();
  if (kind !== "number") return shown === "–" ? null : shown || null;
  const number = /[-−]?\d[\d.]*(,\d+)?/.exec(shown);
  return number ? Number(number[0].replace("−", "-").replace(/\./g, "").replace(",", ".")) : null;
}

function compare(a, b, direction) {
  if (a === null || b === null) return (a === null) - (b === null);
  return direction * (typeof a === "number" ? a - b : collator.compare(a, b));
}

function sortBy(heading) {
  const descending = heading.getAttribute("aria-sort") === "ascending";
  const direction = descending ? -1 : 1;
  const table = heading.closest("table");
  for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  for (const body of table.tBodies) {
    const runs = [[]];
    for (const row of [...body.rows]) {
      if (row.classList.contains("group")) runs.push([row], []);
      else runs[runs.length - 1].push({ row, key: keyOf(row, heading.cellIndex, heading.dataset.sort) });
    }
    for (const run of runs) {
      if (run[0]?.row) run.sort((a, b) => compare(a.key, b.key, direction));
      body.append(...run.map((entry) => entry.row || entry));
    }
  }
}

// The heading's words become a button, so that the keyboard reaches them.
for (const heading of document.querySelectorAll("th[data-sort]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  heading.append(button);
  heading.addEventListener("click", () => sortBy(heading));
}
