import type { Api } from "./api.ts";
import type { Customer } from "./customer.ts";
import type { Keeping } from "./keeping.ts";
import type { Live } from "./live.ts";
import type { Command, Input, Wait } from "./machine/state.ts";
import type { Outside } from "./outside.ts";
import { send } from "./send.ts";

/** What carries out what the machine commands. */
export interface Hands {
  carryOut(command: Command): void;
  /** Waits for nothing any more. */
  close(): void;
}

export interface HandsSettings {
  readonly api: Api;
  readonly live: Live;
  readonly keeping: Keeping;
  readonly customer: Customer;
  /** Whether the session waits to tell again what has just failed to be told of the customer. */
  isTellingLater(): boolean;
  /** Is told when the page names another customer than the visit's. */
  onAnother(): void;
  take(input: Input): void;
}

type Deeds = { readonly [K in Command["do"]]: (command: Extract<Command, { readonly do: K }>) => void };

/** What comes of a command is told to `take`. */
export function openHands(outside: Outside, settings: HandsSettings): Hands {
  const { api, live, keeping, customer, isTellingLater, onAnother, take } = settings;
  const waits = new Map<Wait, () => void>();

  /** Whether the visit is that of whom the page names. They are named first, where they are not and that has not just failed. */
  const isAsNamed = async (): Promise<boolean> => {
    if (customer.isNamed() && !isTellingLater()) {
      take({ is: "said" });
      await customer.tell();
    }
    return !customer.isNamed();
  };

  const deeds: Deeds = {
    fetchSnapshot: async ({ open }) => {
      await isAsNamed();
      const answer = await api.ask("snapshot", { id: open ?? "", isOpen: open !== null });
      if (answer.is === "refused") take({ is: "visitRefused", refusal: answer.refusal });
      take(answer.is === "done" ? { is: "snapshotCame", snapshot: answer.value } : { is: "snapshotFailed" });
    },
    fetchEarlier: async ({ conversationId, before }) => {
      const answer = await api.ask("earlier", { id: conversationId, before });
      const page = answer.is === "done" && answer.value.conversation?.messages;
      take(page ? { is: "earlierCame", conversationId, before, page } : { is: "earlierFailed" });
    },
    tell: async () => {
      const isTold = await customer.tell();
      if (customer.isAnother()) return onAnother();
      api.look();
      take({ is: isTold ? "told" : "tellFailed" });
    },
    connect: () => void live.connect(),
    disconnect: () => live.disconnect(),
    subscribe: ({ after }) => live.subscribe({ after }),
    unsubscribe: () => live.unsubscribe(),
    keep: ({ unsent }) => keeping.keep(unsent),
    forget: ({ clientId }) => keeping.forget(clientId),
    send: async ({ unsent }) => {
      // Of a visit whose identification was lost on the way it may be there already: only its customer finds it.
      const isMeant = await isAsNamed();
      take(isMeant ? await send({ api, keeping }, unsent) : { is: "sendFailed" });
    },
    markRead: async ({ conversationId, seq }) => {
      const answer = await api.ask("markRead", { input: { conversationId, seq } });
      if (answer.is === "unreachable" || answer.is === "unauthenticated") take({ is: "markFailed", conversationId });
    },
    wait: ({ what, ms }) => {
      waits.get(what)?.();
      const fire = () => take({ is: what });
      waits.set(what, outside.clock.after(ms * (0.5 + outside.random() / 2), fire));
    },
  };

  return {
    carryOut: (command) => (deeds[command.do] as (command: Command) => void)(command),
    close() {
      for (const cancel of waits.values()) cancel();
    },
  };
}
