// Makes a list table take a block from a spreadsheet: stands between <table data-list="code"> and the clipboard.
// A block pasted into a cell spreads rightwards and downwards, adding rows; its line of headings sorts the columns.
// <button data-add-row> adds a row in place. Without this module the button saves and the box "Dán từ Excel" takes blocks.

const MOST_ROWS = 500;

/** What is left of a text when accents, capitals and punctuation are forgotten. */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase()
  .replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/** The cells of a block, line by line; a quoted cell may hold tabs, line ends and doubled quotes. */
function cells(block) {
  const lines = [[]];
  let rest = block.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"(?=[\t\n]|$)/.exec(rest);
    const cell = quoted || /^[^\t\n]*/.exec(rest);
    lines.at(-1).push((quoted ? quoted[1].replaceAll('""', '"') : cell[0]).replace(/\s+/g, " ").trim());
    rest = rest.slice(cell[0].length);
    if (!rest) return lines;
    if (rest[0] === "\n") lines.push([]);
    rest = rest.slice(1);
  }
}

const fields = (row) => [...row.querySelectorAll("input:not([type=checkbox]), select")];

/** A blank row below the last. */
function addRow(table) {
  const body = table.tBodies[0];
  const row = body.rows[body.rows.length - 1].cloneNode(true);
  const number = body.rows.length;
  row.cells[0].lastChild.textContent = number + 1;
  for (const error of row.querySelectorAll(".error")) error.remove();
  for (const field of row.querySelectorAll("input, select")) {
    field.name = field.name.replace(/\.\d+\./, `.${number}.`);
    if (field.id) field.id = `f-${field.name}`;
    field.ariaLabel = field.ariaLabel.replace(/\d+$/, number + 1);
    for (const name of ["aria-invalid", "aria-describedby"]) field.removeAttribute(name);
    if (field.type === "checkbox") field.checked = false;
    else field.value = "";
  }
  body.append(row);
  return row;
}

/** Writes a cell; a choice is found whatever its accents, and what is none of them stays to be mended. */
function write(field, text) {
  if (field.matches("select")) {
    const same = [...field.options].find((option) => option.value && fold(option.value) === fold(text));
    if (!same && text) field.add(new Option(text, text));
    field.value = same ? same.value : text;
  } else {
    field.value = text;
  }
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The places of cells under a line of headings; none when the first line is no such line. */
function byHeadings(table, line) {
  const titles = [...table.querySelectorAll("th[data-title]")].map((head) => fold(head.dataset.title));
  const places = line.map((heading) => titles.indexOf(fold(heading)));
  return places.filter((place) => place >= 0).length >= Math.min(2, titles.length) ? places : null;
}

function spread(table, field, block) {
  const lines = cells(block);
  const headings = byHeadings(table, lines[0]);
  if (headings) lines.shift();
  const body = table.tBodies[0];
  let at = field.closest("tr").sectionRowIndex;
  const from = fields(body.rows[at]).indexOf(field);
  const [before, added] = [[], []];
  let [rows, unplaced] = [0, 0];
  for (const line of lines.filter((line) => line.some(Boolean))) {
    if (!body.rows[at] && body.rows.length < MOST_ROWS) added.push(addRow(table));
    const places = body.rows[at] ? fields(body.rows[at]) : [];
    line.forEach((text, index) => {
      const place = places[headings ? headings[index] : from + index];
      if (!place) { unplaced += text ? 1 : 0; return; }
      before.push([place, place.value]);
      write(place, text);
    });
    rows += places.length ? 1 : 0;
    at += 1;
  }
  const undo = () => {
    for (const [place, value] of before.reverse()) write(place, value);
    for (const row of added) row.remove();
  };
  say(table, `Đã dán ${rows} dòng${unplaced ? `, ${unplaced} ô không có chỗ` : ""}. Lưu để kiểm tra từng ô. `, undo);
}

/** Says what was pasted and offers the way back, in the section's [data-list-status]. */
function say(table, words, undo) {
  const place = table.closest("section").querySelector("[data-list-status]");
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "link", textContent: "Hoàn tác" });
  button.addEventListener("click", () => { undo(); place.replaceChildren("Đã hoàn tác."); });
  place.replaceChildren(words, button);
}

for (const table of document.querySelectorAll("table[data-list]")) {
  table.closest("section").querySelector("[data-list-status]").textContent = "dán được cả khối từ Excel vào bảng";
  table.addEventListener("paste", (event) => {
    const block = event.clipboardData?.getData("text/plain") || "";
    const field = event.target.closest("input:not([type=checkbox]), select");
    if (!field || !/[\t\n]/.test(block.replace(/[\r\n]+$/, ""))) return; // one value: the browser's own paste
    event.preventDefault();
    spread(table, field, block);
  });
}

addEventListener("click", (event) => {
  const table = event.target.closest?.("[data-add-row]")?.closest("section").querySelector("table[data-list]");
  if (!table || table.tBodies[0].rows.length >= MOST_ROWS) return;
  event.preventDefault();
  fields(addRow(table))[0].focus();
});

// On the page that previews a block: the draft was saved on the way here, so its text need not be kept in this tab.
for (const form of document.querySelectorAll("form[data-saved]")) sessionStorage.removeItem(`draft:${form.dataset.saved}`);
