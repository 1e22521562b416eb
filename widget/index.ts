import { BesedaChat } from "./elements/chat.ts";
import { BesedaComposer } from "./elements/composer.ts";
import { BesedaPanel } from "./elements/panel.ts";

// A page may load the chat twice, from two tags or two versions: the first one stays.
if (!customElements.get("beseda-chat")) {
  customElements.define("beseda-composer", BesedaComposer);
  customElements.define("beseda-panel", BesedaPanel);
  customElements.define("beseda-chat", BesedaChat);
}
