// Keys on the page where names are cleared up: a key presses the button, follows the link or goes to the field that has
// it in data-key. They can be turned off, as somebody who speaks to the machine would press them by accident.
const KEPT = "samtall-keys-off";
const box = document.getElementById("shortcuts-on");

if (box) {
  document.getElementById("shortcuts").hidden = false;
  box.checked = localStorage.getItem(KEPT) === null;
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, "1");
  });
}

document.addEventListener("keydown", (event) => {
  if (localStorage.getItem(KEPT) !== null || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const target = document.querySelector(`[data-key~="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input")) target.focus();
  else target.click();
});
