/** The public snippet's script: puts one chat on the page and fetches what draws it. Classic, so that it knows its own tag; small, since it runs on every page of a shop. */
(() => {
  const tag = document.currentScript as HTMLScriptElement | null;
  if (!tag || document.querySelector("beseda-chat")) return;
  const chat = document.createElement("beseda-chat");
  chat.setAttribute("api", new URL(tag.src).origin);
  for (const name of ["inbox", "locale", "theme"]) {
    const value = tag.dataset[name];
    if (value) chat.setAttribute(name, value);
  }
  const script = document.createElement("script");
  script.type = "module";
  script.src = new URL("beseda-chat.js", tag.src).href;
  // The page's CSP may trust this tag by its nonce; what it brings is trusted likewise.
  script.nonce = tag.nonce;
  document.head.append(script);
  if (document.body) document.body.append(chat);
  else addEventListener("DOMContentLoaded", () => document.body.append(chat));
})();
