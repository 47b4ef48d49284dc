// Keys: what an element marked data-key does, in the current row first.
"use strict";

const help = document.getElementById("keys");
const rows = () => [...document.querySelectorAll("[data-row]")];
const row = () => document.activeElement?.closest?.("[data-row]") || document.querySelector("[data-row].current");

function go(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(row());
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
  all.forEach((one) => one.classList.toggle("current", one === next));
  next.querySelector("a")?.focus();
  next.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const inRows = rows().length > 0;
  const named = `[data-key="${CSS.escape(key)}"]`;
  const found = row()?.querySelector(named) || [...document.querySelectorAll(named)].find((one) => !inRows || !one.closest("[data-row]"));
  if (!found || found.disabled) return false;
  if (found.tagName === "SUMMARY") {
    found.parentElement.open = true;
    found.parentElement.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  } else found.click();
  return true;
}

function writes(element) {
  return element.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

document.addEventListener("keydown", (event) => {
  const field = writes(event.target) ? event.target : null;
  if (field) {
    if (event.key === "Escape") field.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const button = field.form?.querySelector("[data-submit]");
      if (button) { event.preventDefault(); field.form.requestSubmit(button); }
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || help?.open) return;
  const moves = { j: 1, k: -1 };
  if (event.key in moves && rows().length) go(moves[event.key]);
  else if (event.key === "?") help?.showModal();
  else if (event.key.length > 1 || !press(event.key)) return;
  event.preventDefault();
});

document.querySelectorAll("[data-keys]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => help?.showModal());
});

// Approving many: how many are ticked, and ticking all.
const bulk = document.querySelector("[data-bulk]");
if (bulk) {
  const ticks = () => [...document.querySelectorAll("[form=bulk][type=checkbox]")];
  const button = bulk.querySelector("button");
  const all = bulk.querySelector("[data-tick-all]");
  const count = () => {
    const ticked = ticks().filter((one) => one.checked).length;
    button.disabled = !ticked;
    bulk.classList.toggle("some", ticked > 0);
    bulk.hidden = !ticks().length;
    button.textContent = ticked ? `Approve ${ticked} ticked` : "Approve what is ticked";
    all.hidden = !ticks().length;
  };
  all.addEventListener("click", () => {
    const on = ticks().some((one) => !one.checked);
    ticks().forEach((one) => { one.checked = on; });
    count();
  });
  document.addEventListener("change", count);
  document.addEventListener("desk:fresh", count);
  count();
}

// A link to a part that is folded opens it.
function unfold() {
  const part = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (part?.tagName === "DETAILS") {
    part.open = true;
    part.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  }
}
unfold();
window.addEventListener("hashchange", unfold);
