// Fills the page of an invitation from its link: account and code stand behind the #, which no server and no log sees.
// Without this module both are typed from the slip.

const [username, code] = decodeURIComponent(location.hash.slice(1)).split("/");
if (username && code) {
  document.querySelector("#f-username").value = username;
  document.querySelector("#f-code").value = code;
  history.replaceState(null, "", location.pathname);
  document.querySelector("#f-new").focus();
}
