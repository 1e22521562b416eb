import { chatEn, chatRu } from "../words/launcher.ts";
import type { Beseda, BesedaOptions } from "./page-api/contract.ts";
import { type Call, type Stub, MET } from "./page-api/queue.ts";

// The public snippet's script: draws the round button, keeps the page's calls, and fetches the rest when somebody wants it. It
// runs on every page of a shop, so it has 600 bytes. Classic, for it knows its tag then, and import() inherits the tag's nonce;
// a block, so that nothing of it is a name of the page's. The button stands after the body, where no framework that swaps pages
// takes it away; its style is set by script, which any policy allows, and is important, since a page's `* {}` may be. The order
// of its lines is the one that compresses best.
{
  const page = document.documentElement;
  const tag = document.currentScript as HTMLScriptElement;
  const beseda: Stub = (window.Beseda ||= ((...call: Call) => calls.push(call)) as Stub as Beseda) as Stub;
  const calls: Call[] = (beseda.q ||= []);
  // A second tag, or the same in a page that was swapped in: the first stays. Whether this is another copy, the module says.
  if (beseda.ready) beseda(MET, tag);
  else {
    const button = (beseda.button = document.createElement("button"));
    const icon = document.createElement("i");
    let loading: Promise<unknown> | undefined;
    // What could not be fetched is fetched anew when it is wanted again; whoever embeds the chat has to know.
    const load = () =>
      (loading ||= import(/* @vite-ignore */ tag.src.replace("1/loader", "1/beseda-chat")).catch(
        (fault) => (loading = console.warn(fault) as undefined),
      ));
    const take = ([name, options]: readonly [string, BesedaOptions?]) => {
      if (options?.inbox) {
        button.style.cssText = `all:initial!important;
          outline:revert!important;
          cursor:pointer!important;
          position:fixed!important;
          inset-block:auto var(--beseda-y,20px)!important;
          inset-inline:${options.position === "start" ? "" : "auto "}var(--beseda-x,20px)!important;
          padding:18px!important;
          border-radius:50%!important;
          box-shadow:0 8px 24px #0003!important;
          z-index:999999999!important;
          background:${options.accent || "var(--beseda-accent,#0863a9)"}!important`;
        icon.style.cssText = `all:initial!important;
          display:block!important;
          padding:8px!important;
          border-radius:50% 50% 50% 4px!important;
          border:2px solid var(--beseda-on-accent,#fff)!important`;
        button.ariaLabel = /^ru/.test(options.locale || page.lang) ? chatRu : chatEn;
        if (!options.hidden) page.append(button);
        try {
          if (localStorage[`beseda:${options.inbox}:visit`]) load();
        } catch {}
        // open, toggle, identify, hide, logout
      } else if (/en|og|de/.test(name)) load();
    };
    beseda.ready = customElements.whenDefined("beseda-chat");
    button.append(icon);
    button.onpointerenter = button.onfocus = load;
    button.dataset.besedaOpen = "";
    addEventListener("click", ({ target }) => {
      if ((target as Element).closest?.("[data-beseda-open]")) beseda("open");
    });
    calls.push = (call) => take((calls[calls.length] = call) as never) as never;
    beseda("init", tag.dataset);
    calls.map(take as never);
  }
}
