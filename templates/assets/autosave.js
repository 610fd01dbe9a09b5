// Saves a draft while it is being typed: stands between a long form and the route that keeps its draft.
// <form data-autosave="URL" data-version="3"> with hidden inputs csrf and version; states go to [data-save-state].
// Without this module the form still saves by its buttons. Nothing typed is thrown away: what the server did not
// take stays in the form and, until it has been saved, in this tab's sessionStorage.

import { put, text } from "./kept.js";

const PAUSE_MS = 1500; // after the last keystroke
const RETRY_MS = { first: 2000, longest: 60000 };

/** An element with its words. */
const make = (tag, textContent, more) => Object.assign(document.createElement(tag), { textContent, ...more });

function watch(form) {
  const url = form.dataset.autosave;
  const keptUnder = `draft:${url}`;
  const versionInput = form.elements.namedItem("version");
  let version = form.dataset.version || versionInput?.value || "";
  let [edits, savedEdits] = [0, 0]; // counts changes, so that typing during a save is noticed
  let timer = 0;
  let running = null; // the save under way, at most one
  let retry = RETRY_MS.first;
  let stopped = false; // signed out, or another person saved: only a new page helps

  const dirty = () => edits !== savedEdits;
  const later = (ms) => { clearTimeout(timer); timer = setTimeout(save, ms); };
  const keep = () => sessionStorage.setItem(keptUnder, JSON.stringify({ version, fields: text(form) }));

  function say(state, words, ...more) {
    for (const place of document.querySelectorAll("[data-save-state]")) {
      place.dataset.state = state;
      place.replaceChildren(words, ...more.flatMap((node) => [" ", node]));
    }
  }

  function edited() {
    edits += 1;
    if (stopped) return keep();
    say("typing", "Có thay đổi chưa lưu");
    later(PAUSE_MS);
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
    let answer;
    try {
      const body = new URLSearchParams(text(form, true));
      answer = await fetch(url, { method: "POST", redirect: "manual", headers: { Accept: "application/json" }, body });
    } catch {
      answer = { status: 503 };
    }
    if (answer.status >= 500 || answer.status === 429) {
      say("trouble", "Chưa lưu được, sẽ thử lại");
      return "again";
    }
    const json = answer.json ? await answer.json().catch(() => ({})) : {};
    if (answer.status === 401 || answer.type === "opaqueredirect") {
      const again = make("a", "Đăng nhập lại", { href: location.href });
      say("trouble", "Phiên làm việc đã hết, nội dung được giữ trên máy này.", again);
    } else if (answer.status === 409) {
      const newest = make("a", "Mở bản mới nhất", { href: json.url || location.href });
      say("trouble", json.message || "Người khác vừa lưu báo cáo này.", newest);
    } else if (answer.ok && json.version !== undefined) {
      version = String(json.version);
      if (versionInput) versionInput.value = version;
      savedEdits = sending;
      sessionStorage.removeItem(keptUnder);
      if (!dirty()) say("saved", `Đã lưu ${json.saved_at}`);
      return "saved";
    } else {
      say("trouble", json.message || "Chưa lưu được. Kiểm tra lại nội dung vừa nhập.");
      return "refused";
    }
    stopped = true;
    keep();
    return "stop";
  }

  // Text of an earlier try goes back by itself only where nobody has saved since; otherwise the person decides.
  function restore() {
    const kept = JSON.parse(sessionStorage.getItem(keptUnder) || "null");
    // Blank rows of a list come and go with the page.
    const filled = (fields) => JSON.stringify(fields.filter(([, value]) => value));
    const same = kept && filled(kept.fields) === filled(text(form));
    if (!kept || same) return sessionStorage.removeItem(keptUnder);
    const fill = () => { put(form, kept.fields); edited(); say("typing", "Đã khôi phục nội dung chưa lưu"); };
    if (kept.version === version) return fill();
    const drop = () => { sessionStorage.removeItem(keptUnder); say("typing", ""); };
    const button = (words, onclick) => make("button", words, { type: "button", className: "link", onclick });
    say("trouble", "Có nội dung bạn đã nhập mà chưa lưu.", button("Khôi phục", fill), button("Bỏ", drop));
  }

  form.addEventListener("input", edited);
  addEventListener("online", () => { if (dirty() && !stopped) save(); });
  addEventListener("beforeunload", (event) => { if (dirty()) event.returnValue = true; });
  // A save under way would raise the version under the button's feet: wait for it, then send the form.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    keep();
    savedEdits = edits;
    if (!running) return;
    event.preventDefault();
    running.then(() => form.requestSubmit(event.submitter));
  });
  restore();
}

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
