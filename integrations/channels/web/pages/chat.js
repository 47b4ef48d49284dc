// The chat page: sends what a visitor writes, and shows the conversation as the service tells it.

import { bubble } from "./drawing.js";

const page = document.body.dataset;
const at = (id) => document.getElementById(id);
const [log, scroll, words, state] = ["log", "scroll", "words", "state"].map(at);
const KEPT = "quiethand-visitor";
const TRIES = 3;
const SILENT = 40_000; // without a sign of life the connection is taken for lost
const NAMES = {
  agent: "Assistant",
  checked: "Assistant, checked by a person",
  person: `${page.brand}, a person`,
};

let token = kept();
let identity = ""; // signed by the site around us, for a visitor who is signed in there
let view = { items: [], owner: "agent", working: false };
let mine = []; // written here and not in the view yet
let lost = false;
let heard = null; // keys of the answers that were there or read out
let connection = new AbortController();
let wake = () => {};

// Who we are: the page has a cookie that no script sees; an embedded page keeps a token.

function kept() {
  try { return page.embedded ? localStorage.getItem(KEPT) : null; } catch { return null; }
}

async function begin() {
  const answer = await fetch(`chat/visitor${page.embedded ? "?embed=1" : ""}`, { method: "POST" });
  if (!answer.ok) throw new Error("no conversation");
  if (!page.embedded) return;
  token = (await answer.json()).token;
  identity = "";
  try { localStorage.setItem(KEPT, token); } catch { /* it lasts until the page is closed */ }
  askWho();
}

function askWho() { // the name in front of the token is no secret without its signature
  if (page.embedded && token) parent.postMessage({ contact: token.split(".")[0] }, "*");
}

function who() {
  return token ? { "X-Quiethand-Visitor": token } : {};
}

// Listening

async function listen() {
  for (let failures = 0; ; failures += 1) {
    try {
      if (page.embedded && !token) await begin();
      connection = new AbortController();
      const answer = await fetch("chat/events", { headers: who(), cache: "no-store", signal: connection.signal });
      if (answer.status === 401) await begin();
      else if (answer.ok) await read(answer.body.getReader(), () => { failures = 0; });
    } catch { /* we try again */ }
    lost = failures > 0;
    draw();
    await pause(Math.min(30_000, 500 * 2 ** failures) * (0.5 + Math.random()));
  }
}

async function read(stream, works) {
  const decoder = new TextDecoder();
  for (let text = ""; ;) {
    const watch = setTimeout(() => connection.abort(), SILENT);
    const { done, value } = await stream.read().finally(() => clearTimeout(watch));
    if (done) return;
    works();
    text += decoder.decode(value, { stream: true });
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      const data = event.split("\n").find((line) => line.startsWith("data: "));
      if (data) show(JSON.parse(data.slice(6)));
    }
    if (lost) { lost = false; draw(); }
  }
}

function pause(ms) {
  return new Promise((done) => { wake = done; setTimeout(done, ms); });
}

function show(next) {
  view = next;
  const last = Math.max(...view.items.filter((one) => one.who === "you").map((one) => Date.parse(one.at)));
  mine = mine.filter((one) => one.state !== "stored" || Date.parse(one.at) > last);
  const answers = view.items.filter((one) => one.who !== "you");
  const fresh = heard ? answers.filter((one) => !heard.has(one.key)) : [];
  heard = new Set(answers.map((one) => one.key));
  draw();
  if (fresh.length === 0) return;
  at("spoken").textContent = fresh.map((one) => `${NAMES[one.who]}: ${one.text.replace(/\[\d+\]/g, "")}`).join("\n");
  if (page.embedded) parent.postMessage("quiethand:said", "*"); // tells nothing but that
}

// Sending

function write(text) {
  const id = Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
  const message = { key: `m-${id}`, id, who: "you", text, at: new Date().toISOString(), sources: [], state: "sending" };
  mine.push(message);
  draw(true);
  deliver(message);
}

async function deliver(message, tries = TRIES) {
  message.state = "sending";
  draw();
  try {
    const headers = { ...who(), "Content-Type": "application/json" };
    const body = JSON.stringify({ id: message.id, text: message.text, ...(identity && { identity }) });
    const answer = await fetch("chat/messages", { method: "POST", headers, body });
    if (answer.ok) {
      const { stored, at } = await answer.json();
      Object.assign(message, { state: "stored", at });
      if (!stored || view.items.some((one) => one.who === "you" && Date.parse(one.at) >= Date.parse(at))) {
        mine = mine.filter((one) => one !== message);
      }
    } else if (tries > 1 && [401, 429, 503].includes(answer.status)) {
      if (answer.status === 401) await begin();
      else await new Promise((done) => setTimeout(done, 1000 * (Number(answer.headers.get("Retry-After")) || 1)));
      return deliver(message, tries - 1);
    } else {
      message.state = "failed";
    }
  } catch {
    message.state = "failed";
  }
  return draw();
}

// Showing

function draw(follow = false) {
  const near = follow || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  at("rate").hidden = !view.rates || mine.length > 0;
  const there = new Map([...log.children].map((one) => [one.id, one]));
  const items = [...view.items, ...mine].map((one) => {
    const old = there.get(one.key);
    return old && old.dataset.state === (one.state ?? "") ? old : bubble(one, NAMES, deliver);
  });
  if (items.length !== log.children.length || items.some((one, index) => one !== log.children[index])) {
    log.replaceChildren(...items);
  }
  if (near) scroll.scrollTop = scroll.scrollHeight;
  stand();
}

function stand() {
  const waits = view.working || mine.some((one) => one.state === "stored");
  const said = lost ? "No connection. Trying again."
    : view.owner === "person" ? "A person will answer here."
    : waits ? "The assistant is writing" : "";
  if (state.textContent !== said) state.textContent = said;
  state.classList.toggle("writing", !lost && view.owner === "agent" && waits);
}

// The rating: five buttons that write the digit

for (let score = 1; score <= 5; score += 1) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", textContent: score, ariaLabel: `${score} of 5` });
  button.addEventListener("click", () => { write(String(score)); words.focus(); });
  at("scores").append(button);
}

// The form

function sized() {
  const left = Number(page.longest) - words.value.length;
  at("left").textContent = left < 200 ? `${left} characters left` : "";
  if (CSS.supports("field-sizing", "content")) return;
  words.rows = Math.min(6, words.value.split("\n").length);
}

at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = words.value.trim();
  if (!text) return;
  words.value = "";
  sized();
  write(text);
  words.focus();
});

words.addEventListener("input", sized);
words.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  at("form").requestSubmit();
});

at("anew").addEventListener("click", async () => {
  if (view.items.length && !confirm("Start anew? This conversation will no longer be shown here.")) return;
  try { await begin(); } catch { return; }
  [view, mine, heard] = [{ items: [], owner: "agent", working: false }, [], null];
  draw();
  connection.abort();
  wake();
  words.focus();
});

at("close")?.addEventListener("click", () => parent.postMessage("quiethand:close", "*"));
addEventListener("keydown", (event) => {
  if (page.embedded && event.key === "Escape") parent.postMessage("quiethand:close", "*");
});
addEventListener("message", (event) => {
  if (!page.embedded || event.source !== parent) return;
  if (event.data === "quiethand:opened") { words.focus(); askWho(); }
  if (typeof event.data?.identity === "string") identity = event.data.identity.slice(0, 2000);
});
addEventListener("online", () => wake());

if (!page.embedded && matchMedia("(pointer: fine)").matches) words.focus();
listen();
