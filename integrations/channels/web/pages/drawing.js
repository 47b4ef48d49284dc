// How one message looks. Text is only ever set as text.

export function bubble(one, names, again) {
  const by = one.who === "you" ? made("span", "unseen", "You, ") : `${names[one.who]} · `;
  const item = made("li", one.who, made("div", "words", ...marked(one)), made("p", "by", by, told(one)));
  item.id = one.key;
  item.dataset.state = one.state ?? "";
  if (one.sources.length) item.append(sources(one));
  if (one.state !== "failed") return item;
  item.classList.add("wrong");
  const retry = made("button", "again", "Try again");
  retry.type = "button";
  retry.addEventListener("click", () => again(one));
  item.lastChild.replaceChildren("Not sent. ", retry);
  return item;
}

function told(one) {
  if (one.state === "sending") return "sending";
  const time = made("time", "", new Date(one.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  time.dateTime = one.at;
  return time;
}

function marked(one) {
  const known = new Set(one.sources.map((source) => source.number));
  return one.text.split(/(\[\d+\])/).map((part) => {
    const number = Number(part.slice(1, -1));
    if (!/^\[\d+\]$/.test(part) || !known.has(number)) return part;
    const mark = made("button", "mark", String(number));
    mark.type = "button";
    mark.setAttribute("aria-label", `Source ${number}`);
    mark.addEventListener("click", () => {
      const source = document.getElementById(`${one.key}-${number}`);
      source.closest("details").open = true;
      source.focus();
    });
    return mark;
  });
}

function sources(one) {
  const list = made("ol", "", ...one.sources.map((source) => {
    const title = made("cite", "", source.url ? linked(source) : source.title);
    const item = made("li", "", title, made("q", "", source.quote));
    Object.assign(item, { id: `${one.key}-${source.number}`, value: source.number, tabIndex: -1 });
    return item;
  }));
  const many = one.sources.length;
  return made("details", "", made("summary", "", many === 1 ? "1 source" : `${many} sources`), list);
}

function linked(source) {
  const link = made("a", "", source.title);
  Object.assign(link, { href: source.url, target: "_blank", rel: "noopener noreferrer" });
  return link;
}

function made(tag, name, ...inside) {
  const one = document.createElement(tag);
  if (name) one.className = name;
  one.append(...inside);
  return one;
}
