// What the console does better with a script; everything works without.
"use strict";

// The menu closes like a menu: by Escape, and by a press beside it.
const menu = document.querySelector("details.me");
if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

// A phone shows a strip of links: bring the current one into it.
const current = document.querySelector(".top nav [aria-current]");
if (current && matchMedia("(max-width: 63.99rem)").matches) {
  const strip = current.closest("nav");
  strip.scrollLeft = current.offsetLeft - strip.clientWidth / 2;
}

// Some changes are asked about first.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.ask;
  if (question && !confirm(question)) event.preventDefault();
});

// A choice in a filter is applied at once.
document.querySelectorAll("form[data-at-once] select").forEach((select) => {
  select.addEventListener("change", () => select.form.requestSubmit());
});

// What is to be handed on is marked as a whole.
document.querySelectorAll("[data-copy]").forEach((field) => {
  field.addEventListener("focus", () => field.select());
});
