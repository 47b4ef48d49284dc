// Keeps a page as it would be if it were opened now: parts marked data-live are exchanged.
"use strict";

const desk = document.querySelector("[data-desk]");
const PAUSE = 400; // ms between two looks, however much happens
const SLOW = 60000; // ms; without events a page looks so often
let looked = 0, waiting = 0, going = false, stream = null;

document.documentElement.classList.add("has-script");

function typedInto(part) {
  if (part.contains(document.activeElement) && document.activeElement.matches("textarea, input, select")) return true;
  return [...part.querySelectorAll("textarea, input:not([type=hidden])")].some((field) =>
    field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
}

// Ticks and the place somebody is at survive an exchange.
function exchange(part, fresh) {
  if (part.innerHTML === fresh.innerHTML) return;
  if (part.dataset.live === "idle" && typedInto(part)) return;
  const ticked = new Set([...part.querySelectorAll("input[type=checkbox]:checked")].map((one) => one.value));
  const open = new Set([...part.querySelectorAll("details[open]")].map((one, at) => one.id || at));
  const active = part.contains(document.activeElement) ? document.activeElement.closest("[data-row]") : null;
  const rows = [...part.querySelectorAll("[data-row]")];
  const at = rows.indexOf(active);
  const key = !active && part.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  part.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  part.querySelectorAll("input[type=checkbox]").forEach((one) => { one.checked = ticked.has(one.value); });
  part.querySelectorAll("details").forEach((one, at) => { if (open.has(one.id || at)) one.open = true; });
  if (at >= 0) {
    const now = [...part.querySelectorAll("[data-row]")];
    const same = now.find((row) => row.dataset.row === active.dataset.row) || now[Math.min(at, now.length - 1)];
    same?.querySelector("a")?.focus();
  } else if (key) part.querySelector(`[data-key="${key}"]`)?.focus();
}

function say(words) {
  let toast = document.getElementById("toast");
  if (!toast) {
    toast = document.createElement("p");
    toast.id = "toast";
    toast.setAttribute("role", "status");
    document.body.append(toast);
  }
  toast.className = words.className;
  toast.textContent = words.textContent;
  clearTimeout(say.over);
  say.over = setTimeout(() => { toast.textContent = ""; }, 6000);
}

function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.querySelector("[data-desk]");
  if (!fresh) return false;
  desk.querySelectorAll("[data-live]").forEach((part) => {
    const other = page.getElementById(part.id);
    if (other) exchange(part, other);
  });
  desk.dataset.mark = fresh.dataset.mark;
  const words = page.querySelector("main > .said");
  if (words) say(words);
  document.dispatchEvent(new Event("desk:fresh"));
  return true;
}

async function look() {
  looked = Date.now();
  waiting = 0;
  if (going) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (going) return;
    if (answer.redirected) location.reload();
    else if (answer.ok) show(await answer.text());
  } catch { /* the next event asks again */ }
}

function soon() {
  if (!waiting) waiting = setTimeout(look, Math.max(0, looked + PAUSE - Date.now()));
}

// What is told: the kind of change, and of what. A page says what it shows.
const watched = desk ? JSON.parse(desk.dataset.watch) : [];

function concerns(told) {
  if (told.kind === "here") return told.id !== desk.dataset.mark;
  if (told.kind === "much") return true;
  if (told.kind === "presence") return told.by !== desk.dataset.me && (told.id === desk.dataset.at || watched.includes("presence") && told.id !== "");
  return watched.includes(told.kind) || watched.includes(`${told.kind}:${told.id}`);
}

function listen() {
  if (stream || document.hidden) return;
  stream = new EventSource(`/desk/live?at=${encodeURIComponent(desk.dataset.at)}`);
  stream.onmessage = (event) => {
    const told = JSON.parse(event.data);
    if (!concerns(told)) return;
    if (told.kind === "decision" && told.by !== desk.dataset.me) {
      desk.querySelector(`[data-draft="${CSS.escape(told.id)}"]`)?.classList.add("gone");
    }
    soon();
    if (told.kind === "presence") setTimeout(soon, 7000); // who typed has stopped by then
  };
  stream.onerror = () => { if (stream?.readyState === EventSource.CLOSED) { stream = null; setTimeout(listen, 15000); } };
}

// A browser keeps few connections to one host: pages that nobody sees let theirs go.
function seen() {
  if (!document.hidden) return listen();
  stream?.close();
  stream = null;
}

// Forms marked data-quick are sent without leaving the page.
async function send(form, button) {
  const fields = new FormData(form);
  if (button?.name) fields.append(button.name, button.value);
  form.querySelectorAll("button").forEach((one) => { one.disabled = true; });
  form.closest("[data-row]")?.classList.add("gone");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields), headers: { Accept: "text/html" } });
    const here = new URL(answer.url).pathname === location.pathname;
    if (!here || !show(await answer.text())) location.assign(answer.url);
  } catch { look(); }
  if ("bulk" in form.dataset) form.querySelectorAll("button").forEach((one) => { one.disabled = false; });
}

function countDown() {
  document.querySelectorAll("[data-left]").forEach((one) => {
    one.until ??= Date.now() + 1000 * Number(one.dataset.left);
    const left = Math.ceil((one.until - Date.now()) / 1000);
    one.textContent = left > 0 ? `leaves in ${left} s` : "on its way";
    if (left <= 0 && !one.over) { one.over = true; setTimeout(soon, 300); }
  });
}

if (desk) {
  listen();
  document.addEventListener("visibilitychange", seen);
  document.addEventListener("desk:fresh", countDown);
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if ("quick" in event.target.dataset) {
      event.preventDefault();
      send(event.target, event.submitter);
    } else going = true;
  });
  window.addEventListener("pageshow", () => { going = false; });
  window.addEventListener("pagehide", () => { going = true; stream?.close(); stream = null; });
  setInterval(countDown, 250);
  setInterval(() => { if (!document.hidden) soon(); }, SLOW);
  countDown();
}
