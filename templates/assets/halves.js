// Adds the rest of a year to its first half while it is typed: stands between <input data-half="1.200" data-year="id">
// and the figure of the year. A figure typed by hand is left alone. Without this module the server adds when saving.

/** Whole digits and decimals of a number as people write it, or nothing. */
function parts(text) {
  const found = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?$/.exec(text.trim());
  return found && [found[1].replaceAll(".", ""), found[2] || ""];
}

function sum(half, rest) {
  const places = Math.max(half[1].length, rest[1].length);
  const scaled = ([whole, decimals]) => BigInt(whole + decimals.padEnd(places, "0"));
  const digits = String(scaled(half) + scaled(rest)).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ".");
  const decimals = digits.slice(digits.length - places).replace(/0+$/, "");
  return decimals ? `${whole},${decimals}` : whole;
}

addEventListener("input", ({ target }) => {
  if (!target.matches?.("input[data-half]")) return;
  const year = document.getElementById(target.dataset.year);
  if (!year || (year.value && year.value !== year.dataset.summed)) return;
  const [half, rest] = [parts(target.dataset.half), parts(target.value)];
  year.value = half && rest ? sum(half, rest) : "";
  year.dataset.summed = year.value;
});
