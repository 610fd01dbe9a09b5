// Shows how far a file has come: stands between <form data-upload="largest size in bytes"> and its plain submission,
// which does the same without this module. A file too large is named before it is sent.

for (const form of document.querySelectorAll("form[data-upload]")) {
  const bar = form.querySelector("progress");
  const state = form.querySelector("[data-upload-state]");
  const error = form.querySelector("[data-upload-error]");
  const button = form.querySelector("button.main");
  const input = form.querySelector("input[type=file]");

  const refuse = (words) => {
    bar.hidden = state.hidden = true;
    button.disabled = false;
    error.textContent = words;
    error.hidden = false;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  };

  form.addEventListener("submit", (event) => {
    const file = input.files[0];
    if (!file) return;
    event.preventDefault();
    const largest = Number(form.dataset.upload);
    if (file.size > largest) {
      refuse(`Tệp lớn hơn ${Math.floor(largest / 1048576)} MB, mức lớn nhất được nhận. Giảm dung lượng hoặc chia thành nhiều tệp.`);
      return;
    }
    error.hidden = true;
    input.removeAttribute("aria-invalid");
    button.disabled = true;
    bar.value = 0;
    bar.hidden = state.hidden = false;
    state.textContent = "Đang tải lên…";
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (sent) => {
      if (!sent.lengthComputable) return;
      bar.value = Math.floor(100 * sent.loaded / sent.total);
      state.textContent = bar.value < 100 ? `Đã tải lên ${bar.value}%` : "Đang kiểm tra tệp…";
    });
    request.addEventListener("load", () => {
      if (request.status === 200 && request.response?.to) {
        // The same address may differ only in what it now holds.
        const to = new URL(request.response.to, location.href);
        if (to.pathname === location.pathname) location.reload(); else location.assign(to);
      } else {
        refuse(request.response?.message ?? "Tệp chưa được đính kèm. Tải lại trang; nếu phiên đã hết, đăng nhập lại rồi thử lại.");
      }
    });
    request.addEventListener("error", () => refuse("Mất kết nối nên tệp chưa được đính kèm. Kiểm tra đường truyền rồi tải lại."));
    request.send(new FormData(form));
  });
}
