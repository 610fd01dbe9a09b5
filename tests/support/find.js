// Finds things by the words a person would use. Exact words win over words contained.
const words = (node) => (node.innerText ?? node.textContent ?? "").replace(/\s+/g, " ").trim();
const shown = (node) => node.getClientRects().length > 0;
function best(nodes, wanted, named) {
  return nodes.find((node) => named(node) === wanted) || nodes.find((node) => named(node).includes(wanted)) || null;
}
function centred(node) {
  node?.scrollIntoView({ block: "center", behavior: "instant" }); // clear of sticky bars
  return node;
}
function field(name) {
  if (/^\.|[#\[]/.test(name)) return document.querySelector(name);
  const label = best([...document.querySelectorAll("label")].filter((node) => node.control), name, words);
  if (label) return label.control;
  const labelled = [...document.querySelectorAll("input, select, textarea")].filter((node) => node.ariaLabel);
  return best(labelled, name, (node) => node.ariaLabel);
}
function named(node) {
  return words(node.labels?.[0] ?? document.createElement("i")) || node.ariaLabel || words(node);
}
function clickable(wanted) {
  const nodes = [...document.querySelectorAll("a, button, summary, label, [role=button], [role=tab]")].filter(shown);
  return best(nodes, wanted, words);
}
function optionOf(select, wanted) {
  return select && best([...select.options], wanted, words);
}
