// Shows a button, and behind it the chat in a frame of its own. Tells the site nothing.
(() => {
  const settings = {{ settings | tojson }};
  const home = new URL("../chat?embed=1", document.currentScript.src);
  const signer = document.currentScript.dataset.identity; // an address of this site that signs who is signed in
  const label = `Chat with ${settings.title}, an automated assistant`;

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet(); // allowed where a site's policy forbids styles in the page
  sheet.replaceSync(`
    :host { all: initial; }
    button {
      position: fixed; right: 20px; bottom: 20px; z-index: 2147483000;
      width: 56px; height: 56px; padding: 0; border: 1px solid rgb(128 128 128 / 35%); border-radius: 50%;
      background: ${settings.colour}; color: ${settings.ink};
      box-shadow: 0 2px 10px rgb(0 0 0 / 25%); cursor: pointer;
    }
    button:focus-visible { outline: 3px solid ${settings.ink}; box-shadow: 0 0 0 6px ${settings.colour}; }
    button.said::after {
      content: ""; position: absolute; top: 2px; right: 2px; width: 12px; height: 12px;
      border: 2px solid #ffffff; border-radius: 50%; background: #c4321c;
    }
    svg { display: block; margin: auto; }
    iframe {
      position: fixed; right: 20px; bottom: 88px; z-index: 2147483000;
      width: 400px; height: min(640px, calc(100vh - 108px)); border: 1px solid rgb(128 128 128 / 35%);
      border-radius: 16px; box-shadow: 0 8px 32px rgb(0 0 0 / 25%); background: Canvas; color-scheme: light dark;
    }
    iframe[hidden] { display: none; }
    @media (max-width: 480px) {
      iframe { inset: 0; width: 100%; height: 100dvh; border: 0; border-radius: 0; }
      button[aria-expanded="true"] { display: none; }
    }
  `);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", label);
  button.setAttribute("aria-expanded", "false");
  const image = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ width: 26, height: 26, viewBox: "0 0 24 24", "aria-hidden": "true" })) {
    image.setAttribute(name, value);
  }
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", "M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z");
  shape.setAttribute("fill", "currentColor");
  image.append(shape);
  button.append(image);

  let frame = null;
  let loaded = false;

  function toggle(open) {
    if (open && !frame) {
      frame = document.createElement("iframe");
      frame.title = label;
      frame.src = home.href;
      frame.referrerPolicy = "origin";
      frame.addEventListener("load", () => { loaded = true; greet(); });
      root.append(frame);
    }
    if (frame) frame.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (!open) return button.focus();
    button.classList.remove("said");
    return greet();
  }

  function greet() {
    if (loaded && !frame.hidden) frame.contentWindow.postMessage("quiethand:opened", home.origin);
  }

  async function identify(contact) {
    const address = new URL(signer, location.href);
    address.searchParams.set("contact", contact);
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
    if (answer.ok) frame.contentWindow.postMessage({ identity: (await answer.text()).trim() }, home.origin);
  }

  button.addEventListener("click", () => toggle(!frame || frame.hidden));
  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== home.origin) return;
    if (event.data === "quiethand:close") toggle(false);
    if (event.data === "quiethand:said" && frame.hidden) button.classList.add("said");
    if (signer && typeof event.data?.contact === "string") identify(event.data.contact).catch(() => {});
  });

  root.append(button);
  const place = () => document.body.append(host);
  if (document.body) place(); else addEventListener("DOMContentLoaded", place);
})();
