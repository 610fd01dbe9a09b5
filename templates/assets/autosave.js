// Saves a draft while it is being typed: stands between a long form and the route that keeps its draft.
// <form data-autosave="URL" data-version="3" data-owner="7"> with hidden inputs csrf and version; states go to
// [data-save-state], who else has it open to [data-here]. Without this module the form still saves by its buttons.
// Nothing typed is thrown away: what the server has not taken stays in the form and, until it has been saved, in this
// browser's localStorage under the form's address and its owner, so that another person on this machine never sees it.

import { put, text } from "./kept.js";

const PAUSE_MS = 1500; // after the last keystroke
const RETRY_MS = { first: 2000, longest: 30000 };
const KEPT_MS = 7 * 24 * 3600 * 1000;

/** An element with its words. */
const make = (tag, textContent, more) => Object.assign(document.createElement(tag), { textContent, ...more });

function watch(form) {
  const url = form.dataset.autosave;
  const keptUnder = `draft:${url}:${form.dataset.owner || ""}`;
  const versionInput = form.elements.namedItem("version");
  let version = form.dataset.version || versionInput?.value || "";
  let [edits, savedEdits] = [0, 0]; // counts changes, so that typing during a save is noticed
  let timer = 0;
  let running = null; // the save under way, at most one
  let retry = RETRY_MS.first;
  let stopped = false; // signed out, or both changed one place: only another page helps

  const dirty = () => edits !== savedEdits;
  const later = (ms) => { clearTimeout(timer); timer = setTimeout(save, ms); };
  const forget = () => localStorage.removeItem(keptUnder);

  function keep() {
    const kept = JSON.stringify({ version, at: Date.now(), fields: text(form) });
    try { localStorage.setItem(keptUnder, kept); } catch { return false; } // no room: it is still in the form
    return true;
  }

  /** What this browser keeps needs no warning before another page. */
  function leave() {
    if (keep()) savedEdits = edits;
  }

  function say(state, words, ...more) {
    for (const place of document.querySelectorAll("[data-save-state]")) {
      place.dataset.state = state;
      place.replaceChildren(words, ...more.flatMap((node) => [" ", node]));
    }
  }

  function edited() {
    edits += 1;
    if (stopped) return leave();
    say("typing", "Có thay đổi chưa lưu");
    return later(PAUSE_MS);
  }

  async function save() {
    clearTimeout(timer);
    if (running) return running;
    const sending = edits;
    running = send(sending);
    const outcome = await running;
    running = null;
    if (outcome === "again") later(retry);
    else if (outcome !== "stop" && edits !== sending) later(PAUSE_MS);
    retry = outcome === "again" ? Math.min(retry * 2, RETRY_MS.longest) : RETRY_MS.first;
    return outcome;
  }

  async function send(sending) {
    say("saving", "Đang lưu…");
    keep();
    const pairs = text(form, true);
    let answer;
    try {
      const body = new URLSearchParams(pairs);
      answer = await fetch(url, { method: "POST", redirect: "manual", headers: { Accept: "application/json" }, body });
    } catch {
      say("trouble", "Mất kết nối, đang thử lại. Nội dung được giữ trên máy này.");
      return "again";
    }
    if (answer.status >= 500 || answer.status === 429) {
      say("trouble", "Chưa lưu được, đang thử lại. Nội dung được giữ trên máy này.");
      return "again";
    }
    const json = answer.json ? await answer.json().catch(() => ({})) : {};
    if (answer.status === 401 || answer.type === "opaqueredirect") {
      const again = make("a", "Đăng nhập lại", { href: location.href.split("#")[0] });
      say("trouble", "Phiên làm việc đã hết, nội dung được giữ trên máy này.", again);
    } else if (answer.status === 409) {
      const choose = json.url ? [make("a", "Xem và chọn", { href: json.url })] : [];
      say("trouble", json.message || "Người khác vừa lưu nội dung này.", ...choose);
      if (json.url) savedEdits = sending; // the server keeps both texts
      if (!dirty()) forget();
    } else if (answer.ok && json.version !== undefined) {
      saved(json, pairs, sending);
      return "saved";
    } else {
      say("trouble", json.message || "Chưa lưu được. Kiểm tra lại nội dung vừa nhập.");
      return "refused";
    }
    stopped = true;
    if (dirty()) leave();
    return "stop";
  }

  function saved(json, pairs, sending) {
    // A place that was typed into on its old text while the answer was under way: the next save still tells the old
    // version, so that the server asks.
    if (take(json.fields || {}, pairs)) {
      version = String(json.version);
      if (versionInput) versionInput.value = version;
    }
    (json.stale || []).forEach(close);
    savedEdits = sending;
    if (!dirty()) forget();
    here(json.here);
    standing(json.standing || {});
    if (dirty()) return;
    const by = json.by ? `, gộp cùng nội dung ${json.by} vừa lưu` : "";
    const left = json.unadded ? `; phần còn lại của năm ở ${json.unadded} dòng chưa cộng, chưa lưu` : "";
    say("saved", `Đã lưu lúc ${json.saved_at}${by}${left}`);
  }

  /** Puts what others wrote into places nobody has touched here since; false when one has been. */
  function take(fields, pairs) {
    const sent = new Map(pairs);
    let all = true;
    for (const [name, value] of Object.entries(fields)) {
      const input = form.elements.namedItem(name);
      if (!input) continue;
      if (input.type === "checkbox") input.checked = value !== "";
      else if (input.value.replaceAll("\r", "") === (sent.get(name) ?? "").replaceAll("\r", "")) input.value = value;
      else all = false;
    }
    return all;
  }

  /** Rows that others changed cannot be taken over here: they are not sent any more, and a new page shows them. */
  function close(prefix) {
    const inputs = [...form.elements].filter((input) => input.name.startsWith(prefix) && !input.disabled);
    inputs.forEach((input) => { input.disabled = true; });
    const table = inputs[0]?.closest("section, .table");
    const words = make("p", "Người khác vừa sửa bảng này.", { className: "quote" });
    words.append(" ", make("a", "Tải lại để xem và nhập tiếp", { href: location.href.split("#")[0] }));
    table?.prepend(words);
  }

  /** How far each part has come, and what is to be mended and looked at, as the server has it now. */
  function standing({ parts, counts, remarks, open, problems, warnings }) {
    tags("[data-parts]", parts);
    tags("[data-remarks]", remarks);
    for (const place of document.querySelectorAll("[data-count]")) place.textContent = counts?.[place.dataset.count] ?? place.textContent;
    for (const place of open === undefined ? [] : document.querySelectorAll("[data-open]")) place.textContent = open;
    list("[data-problems]", problems);
    list("[data-warnings]", warnings);
    if (problems) mark(problems);
  }

  function tags(within, lines) {
    const now = new Map((lines || []).map((line) => [line.href, line]));
    for (const link of document.querySelectorAll(`${within} a`)) {
      const line = now.get(link.getAttribute("href"));
      const tag = line && link.closest("li").querySelector(":scope > .tag");
      if (tag) tag.replaceWith(make("span", line.words, { className: `tag ${line.tag}` }));
    }
  }

  function list(within, lines) {
    for (const box of lines ? document.querySelectorAll(within) : []) {
      const item = ({ field, text: words }) => {
        const line = make("li", "");
        line.append(make("a", words, { href: `#f-${field}` }));
        return line;
      };
      box.querySelector("span").textContent = lines.length;
      box.querySelector("ul").replaceChildren(...lines.map(item));
      box.hidden = lines.length === 0;
    }
  }

  /** Says at a place itself what cannot be read there. */
  function mark(problems) {
    for (const said of document.querySelectorAll("[data-live]")) {
      said.previousElementSibling?.removeAttribute("aria-invalid");
      said.remove();
    }
    for (const { field, text: words } of problems) {
      const input = document.getElementById(`f-${field}`);
      if (!input || document.getElementById(`f-${field}-e`)) continue;
      input.setAttribute("aria-invalid", "true");
      const said = make("span", words, { className: "error" });
      said.dataset.live = "";
      input.after(said);
    }
  }

  function here(words) {
    if (words === undefined) return;
    for (const place of document.querySelectorAll("[data-here]")) {
      place.hidden = words === "";
      place.querySelector("[data-here-words]").textContent = words;
    }
  }

  // Text of an earlier try goes back by itself and is saved over the version it was typed from: what others wrote since
  // is merged by the server.
  function restore() {
    if (form.hasAttribute("data-typed")) return forget(); // the page holds what was typed, beside what others saved
    const kept = JSON.parse(localStorage.getItem(keptUnder) || "null");
    // Blank rows of a list come and go with the page; what was pasted or added up is used up by saving.
    const lasting = ([name, value]) => value && !/^(paste|rest)\./.test(name);
    const filled = (fields) => JSON.stringify(fields.filter(lasting));
    const same = kept && filled(kept.fields) === filled(text(form));
    if (!kept || same || Date.now() - kept.at > KEPT_MS) {
      forget();
      if (form.hasAttribute("data-unsaved")) edited();
      return;
    }
    version = kept.version;
    if (versionInput) versionInput.value = version;
    if (kept.fields.filter(lasting).some(([name]) => !form.elements.namedItem(name))) return resend(kept);
    put(form, kept.fields);
    edited();
    say("typing", "Đã khôi phục nội dung chưa lưu");
  }

  /** Kept rows that have no place on this page are saved as they were, and the page is opened anew. */
  async function resend(kept) {
    const body = new URLSearchParams([...kept.fields, ["csrf", form.elements.namedItem("csrf").value], ["version", version]]);
    const answer = await fetch(url, { method: "POST", headers: { Accept: "application/json" }, body }).catch(() => ({}));
    if (!answer.ok && answer.status !== 409) return say("trouble", "Có nội dung chưa lưu, được giữ trên máy này. Tải lại trang để thử lại.");
    const json = await answer.json();
    if (answer.status === 409 && !json.url) return say("trouble", json.message);
    forget();
    return location.assign(json.url || location.href.split("#")[0]);
  }

  form.addEventListener("input", edited);
  addEventListener("online", () => { if (dirty() && !stopped) save(); });
  addEventListener("pagehide", () => { if (dirty()) keep(); });
  addEventListener("beforeunload", (event) => { if (dirty()) event.returnValue = true; });
  // What is typed is saved first; the button goes on once the server has it, and the page stays while it has not.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (stopped || (!dirty() && !running)) return;
    event.preventDefault();
    save().then((outcome) => {
      if (outcome === "refused") savedEdits = edits; // the page says what to mend
      if (outcome === "saved" || outcome === "refused") form.requestSubmit(event.submitter);
    });
  });
  restore();
}

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
