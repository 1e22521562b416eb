import { BesedaChat } from "./elements/chat.ts";
import { BesedaComposer } from "./elements/composer.ts";
import { BesedaPanel } from "./elements/panel.ts";
import { complain } from "./page-api/complain.ts";
import { openPageApi } from "./page-api/page-api.ts";

// A page may load the chat twice, from two tags or in two versions: the first one stays.
const first = customElements.get("beseda-chat") as typeof BesedaChat | undefined;
if (!first) {
  // Elements that stand in the page already are made by their definition.
  BesedaChat.home = new URL(import.meta.url).origin;
  customElements.define("beseda-composer", BesedaComposer);
  customElements.define("beseda-panel", BesedaPanel);
  customElements.define("beseda-chat", BesedaChat);
  openPageApi(import.meta.url);
} else if (first.version !== BesedaChat.version) {
  complain(document, "second_copy", `version ${first.version} is here already. ${BesedaChat.version} stays out.`);
}
