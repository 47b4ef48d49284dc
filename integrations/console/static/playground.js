// The playground: shows each step of a turn as it is done.

const at = (id) => document.getElementById(id);
const form = at("play");

function line(step, coming) {
  const item = document.createElement("li");
  const name = document.createElement("b");
  name.textContent = step.name;
  item.append(name, " ", step.found || "");
  if (step.ms) {
    const ms = Object.assign(document.createElement("span"), { className: "ms", textContent: `${Math.round(step.ms)} ms` });
    item.append(" ", ms);
  }
  item.classList.toggle("coming", coming);
  return item;
}

function bubble(text) {
  const said = at("said");
  const list = said.querySelector(".bubbles") ?? Object.assign(document.createElement("ol"), { className: "bubbles" });
  if (!list.isConnected) said.replaceChildren(list);
  const item = Object.assign(document.createElement("li"), { className: "mine" });
  item.append(Object.assign(document.createElement("p"), { className: "words", textContent: text }));
  list.append(item);
  said.scrollTop = said.scrollHeight;
}

const heard = {
  step(step) {
    at("steps").append(line(step, step.name === "opening"));
  },
  turn({ talk, why }) { // both were written by our own server, which escapes what people wrote
    at("said").innerHTML = talk;
    at("why").innerHTML = why;
    at("why").hidden = false;
    at("steps").hidden = true;
    at("said").scrollTop = at("said").scrollHeight;
  },
  failed({ words }) {
    throw new Error(words);
  },
};

async function read(stream) {
  const decoder = new TextDecoder();
  for (let text = ""; ;) {
    const { done, value } = await stream.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      const [name, data] = event.split("\n").map((part) => part.slice(part.indexOf(" ") + 1));
      heard[name]?.(JSON.parse(data));
    }
  }
}

async function send() {
  const body = new URLSearchParams(new FormData(form));
  bubble(body.get("text"));
  at("text").value = "";
  at("steps").replaceChildren();
  at("steps").hidden = false;
  at("why").hidden = true;
  at("state").textContent = "The agent is at it";
  try {
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "text/event-stream" }, body });
    if (!answer.ok) throw new Error("It was not taken; open the page again.");
    await read(answer.body.getReader());
    at("state").textContent = "";
  } catch (error) {
    at("state").textContent = error.message;
  }
  at("text").focus();
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (at("text").value.trim()) send();
});

at("text")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

at("said").scrollTop = at("said").scrollHeight;
