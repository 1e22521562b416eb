import type { BesedaChat } from "../elements/chat.ts";
import type { BesedaAttributes, BesedaEvent, BesedaIdentity, BesedaListener, BesedaOptions } from "./contract.ts";
import { Listeners } from "./listeners.ts";

const OPTIONS = ["inbox", "api", "locale", "theme", "position", "accent", "hidden"] as const;

export type Verbs = Readonly<Record<string, (...given: never[]) => void>>;

/** What each call of the contract does to the chat of the page, wherever that stands by then. */
export function verbsFor(chatOf: () => BesedaChat): Verbs {
  const listeners = new Listeners();
  const open = (isOpen: boolean) => {
    chatOf().open = isOpen;
  };
  const hide = (isHidden: boolean) => {
    chatOf().hidden = isHidden;
  };
  return {
    init(options: BesedaOptions) {
      const chat = chatOf();
      for (const name of OPTIONS) {
        if (name === "hidden" && name in options) hide(isTrue(options.hidden));
        else if (options[name] !== undefined) chat[name] = options[name] as never;
      }
      // Behind the body, where no framework that swaps pages takes it away.
      if (chat.inbox && !chat.isConnected) document.documentElement.append(chat);
    },
    open: () => open(true),
    close: () => open(false),
    toggle: () => open(!chatOf().open),
    show: () => hide(false),
    hide() {
      hide(true);
      open(false);
    },
    identify: (identity: BesedaIdentity) => chatOf().identify(identity),
    setAttributes: (attributes: BesedaAttributes) => chatOf().setAttributes(attributes),
    logout: () => chatOf().logout(),
    on(event: BesedaEvent, listener: BesedaListener) {
      listeners.on(event, listener);
      if (event === "ready" && chatOf().hasUpdated) listener(null);
    },
    off: (event: BesedaEvent, listener: BesedaListener) => listeners.off(event, listener),
  };
}

/** A tag's attribute is a text. */
function isTrue(value: boolean | string | undefined): boolean {
  return value === true || value === "" || value === "true";
}
