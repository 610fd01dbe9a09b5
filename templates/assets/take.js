// Words marked with the mouse inside a unit's paragraph: its button takes these words alone into the text. Offsets are
// counted in characters, as the server counts them.
const takes = [...document.querySelectorAll('[data-take]')].map((button) => {
  const words = button.closest('.take').querySelector('[data-words]');
  const [name, revision, from, to] = button.value.split(':');
  return { button, words, name, revision, from: Number(from), to: Number(to), text: button.textContent };
});

const characters = (text) => [...text].length;

function marked(words) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!words.contains(range.startContainer) || !words.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(words);
  before.setEnd(range.startContainer, range.startOffset);
  const start = characters(before.toString());
  const chosen = range.toString();
  const lead = characters(chosen) - characters(chosen.trimStart());
  const length = characters(chosen.trim());
  return length > 0 ? { from: start + lead, to: start + lead + length } : null;
}

document.addEventListener('selectionchange', () => {
  for (const take of takes) {
    // A press on the button itself may drop the selection: what it was stays with the button until it is pressed.
    if (document.activeElement === take.button) continue;
    const part = marked(take.words);
    const from = part ? take.from + part.from : take.from;
    const to = part ? Math.min(take.from + part.to, take.to) : take.to;
    take.button.value = [take.name, take.revision, from, to].join(':');
    take.button.textContent = part ? 'Đưa phần đã chọn vào' : take.text;
  }
});

for (const take of takes) {
  // Pressing must not clear the selection before the click arrives.
  take.button.addEventListener('mousedown', (event) => event.preventDefault());
}
