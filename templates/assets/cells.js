// Makes a column of figures feel like a spreadsheet: stands between <input data-cell> in a table and the keyboard.
// Up, Down and Enter move within the column, a block copied from Excel fills cells rightwards and downwards.
// The typed text itself is never rewritten: grouping by thousands is only shown beside it while typing.

/** The cell a number of rows further in the same column, stepping over headings and filtered rows. */
function neighbour(input, step) {
  const cell = input.closest("td, th");
  const rows = [...cell.closest("table").rows];
  for (let at = rows.indexOf(cell.parentNode) + step; rows[at]; at += step) {
    const found = rows[at].hidden ? null : rows[at].cells[cell.cellIndex]?.querySelector("input[data-cell]");
    if (found && !found.disabled && !found.readOnly) return found;
  }
  return null;
}

/** The cells of the same row, from this one to the right. */
function rightwards(input) {
  const cells = [...input.closest("tr").querySelectorAll("input[data-cell]")];
  return cells.slice(cells.indexOf(input));
}

function write(input, value) {
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1 }[event.key];
  const chord = event.isComposing || event.ctrlKey || event.altKey || event.metaKey;
  if (!step || chord || !event.target.matches("input[data-cell]")) return;
  event.preventDefault(); // also keeps Enter from sending a half-typed report
  const next = neighbour(event.target, step);
  if (next) {
    next.focus();
    next.select();
  }
});

addEventListener("paste", (event) => {
  if (!event.target.matches?.("input[data-cell]")) return;
  const pasted = (event.clipboardData?.getData("text/plain") || "").replace(/(\r\n?|\n)+$/, "");
  if (!/[\t\r\n]/.test(pasted)) return; // one value: the browser's own paste, with its undo
  event.preventDefault();
  const before = [];
  let unplaced = 0;
  let row = event.target;
  for (const line of pasted.split(/\r\n?|\n/)) {
    const places = row ? rightwards(row) : [];
    for (const value of line.split("\t")) {
      const place = places.shift();
      if (!place) { unplaced += 1; continue; }
      before.push([place, place.value]);
      write(place, value.trim());
    }
    row = row && neighbour(row, 1);
  }
  report(before, unplaced);
});

/** Says what was pasted and offers the way back, in [data-cell-status]. */
function report(before, unplaced) {
  const place = document.querySelector("[data-cell-status]");
  if (!place) return;
  const undo = document.createElement("button");
  Object.assign(undo, { type: "button", className: "link", textContent: "Hoàn tác" });
  undo.addEventListener("click", () => {
    for (const [input, value] of before) write(input, value);
    place.replaceChildren("Đã hoàn tác.");
  });
  place.replaceChildren(`Đã dán ${before.length} ô${unplaced ? `, ${unplaced} ô không có chỗ` : ""}. `, undo);
}

// One floating label follows the focused cell, so that nothing on the page moves.
const grouped = Object.assign(document.createElement("output"), { className: "grouped", hidden: true });
grouped.setAttribute("aria-hidden", "true");

function showGrouped({ target }) {
  if (!target.matches?.("input[data-cell]")) return;
  const digits = /^\d{4,}(,\d+)?$/.exec(target.value.trim());
  grouped.hidden = !digits;
  if (!digits) return;
  grouped.textContent = digits[0].replace(/\d(?=(\d{3})+(,|$))/g, "$&.");
  target.after(grouped);
}

addEventListener("input", showGrouped);
addEventListener("focusin", showGrouped);
addEventListener("focusout", () => { grouped.hidden = true; });
