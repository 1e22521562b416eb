import type { BesedaChat } from "../elements/chat.ts";
import { complain } from "./complain.ts";
import { type Call, MET, type Stub } from "./queue.ts";
import { verbsFor } from "./verbs.ts";

/** Answers the page's calls of `window.Beseda`, those first that it has made already. `home` is the address of this very script. */
export function openPageApi(home: string): void {
  const own = document.createElement("beseda-chat") as BesedaChat;
  const chatOf = () => document.querySelector<BesedaChat>("beseda-chat") ?? own;
  const verbs = verbsFor(chatOf);

  const answer = ([name, ...given]: Call) => {
    try {
      if (name === MET) meet(given[0] as HTMLScriptElement);
      else if (Object.hasOwn(verbs, name)) verbs[name]!(...(given as never[]));
      else complain(chatOf(), "unknown_call", `there is no call "${name}".`);
    } catch (fault) {
      complain(chatOf(), "call_failed", `the call "${name}" failed. ${fault}`);
    }
  };
  /** The tag of another loader, or the first one's where the chat was there before it. */
  const meet = ({ src, dataset }: HTMLScriptElement) => {
    if (new URL(".", src).href !== new URL(".", home).href)
      complain(chatOf(), "second_copy", `it is here already, from ${home}. The copy from ${src} stays out.`);
    else if (!chatOf().inbox) answer(["init", dataset]);
  };

  const stub = window.Beseda as Stub | undefined;
  const beseda: Stub = stub ?? ((...call) => answer(call));
  if (!beseda.ready) listenToButtons(answer);
  beseda.ready ??= customElements.whenDefined("beseda-chat");
  Object.defineProperties(beseda, {
    isOpen: { get: () => chatOf().open, configurable: true },
    unreadCount: { get: () => chatOf().unreadCount, configurable: true },
  });
  window.Beseda = beseda as typeof window.Beseda;
  beseda.q ??= [];
  const calls = beseda.q;
  const made = calls.splice(0);
  calls.push = (call) => answer(call) as never;
  for (const call of made) answer(call);
  if (beseda.button) void takePlaceOf(beseda.button, chatOf());
}

/** The loader does so before; without one it falls to us. */
function listenToButtons(answer: (call: Call) => void): void {
  addEventListener("click", ({ target }) => {
    if ((target as Element).closest?.("[data-beseda-open]")) answer(["open"]);
  });
}

/** The chat's own button looks as the loader's does: nobody sees the one go. A press that began on it, of a pointer or a key, ends on it, or its click would be lost. */
async function takePlaceOf(button: HTMLElement, chat: BesedaChat): Promise<void> {
  await chat.updateComplete;
  while (button.matches(":active")) await new Promise(requestAnimationFrame);
  const hadFocus = document.activeElement === button;
  button.remove();
  if (hadFocus && !chat.open) chat.focus();
}
