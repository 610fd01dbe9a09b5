// Reads a form into pairs of text and puts them back: stands between autosave.js and the form's fields.
// Secrets and versions belong to one page load and are never kept; neither are files.

const OURS = new Set(["csrf", "version", "form_key"]);
const UNTYPED = new Set(["file", "submit", "button"]);

/** The form's text as pairs; never its files, and what belongs to one page load only for the wire. */
export function text(form, forTheWire = false) {
  const kept = ([name, value]) => typeof value === "string" && (forTheWire || !OURS.has(name));
  return [...new FormData(form)].filter(kept);
}

/** Puts pairs back, equal names in order; boxes that are not among them are unticked. */
export function put(form, pairs) {
  const waiting = [...pairs];
  for (const input of form.elements) {
    if (!input.name || OURS.has(input.name) || UNTYPED.has(input.type)) continue;
    const ticked = input.type === "checkbox" || input.type === "radio";
    const at = waiting.findIndex(([name, value]) => name === input.name && (!ticked || value === input.value));
    if (ticked) input.checked = at >= 0;
    else if (at >= 0) input.value = waiting[at][1];
    if (at >= 0) waiting.splice(at, 1);
  }
}
