// Copies a field at the press of a button: stands between <button data-copy="#field"> and the clipboard. Where the
// browser keeps the clipboard from pages (plain HTTP), the field is selected, ready for Ctrl+C.

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.querySelector(button.dataset.copy);
    field.focus();
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Đã chép";
    } catch {
      button.textContent = "Đã chọn, nhấn Ctrl+C";
    }
  });
}
