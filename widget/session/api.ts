import { documentIds } from "../document-ids.ts";
import type { Answers } from "../operations.ts";
import { type Answer, ask } from "./ask.ts";
import type { Input } from "./machine/state.ts";
import type { Outside } from "./outside.ts";
import type { VisitKeeper } from "./visit-keeper.ts";

export interface ApiSettings {
  readonly url: string;
  readonly visit: VisitKeeper;
  /** Is told whether the API can be reached, when the visit cannot start or has ended, and when it is another or another's. */
  take(input: Input): void;
}

/** Asks in the visitor's name. */
export interface Api {
  /** A usable access token. See VisitKeeper.token. */
  token(stale?: string): Promise<Answer<string>>;
  /** Takes in whose visit it is by now: another tab may have begun another, or identified the customer. */
  look(): void;
  /** Asks one of the widget's questions. A token the API turns down is renewed and the question repeated, once. A refused visit is no refusal of this question, which may be asked again in the next visit: it is "unauthenticated". */
  ask<Q extends keyof Answers>(question: Q, variables: object): Promise<Answer<Answers[Q]>>;
}

export function openApi(outside: Outside, { url, visit, take }: ApiSettings): Api {
  const reach = (answer: Answer<unknown>) => take({ is: "reached", isReachable: answer.is !== "unreachable" });
  let known = visit.current();
  const api: Api = {
    async token(stale) {
      const answer = await visit.token(stale);
      if (answer.is === "refused") take({ is: "visitRefused", refusal: answer.refusal });
      else reach(answer);
      api.look();
      return answer;
    },
    look() {
      const before = known;
      known = visit.current();
      if (!known) return;
      if (before && before.id !== known.id) take({ is: "visitChanged" });
      // By this tab, or by another while this one had no visit.
      else if (before?.claim !== known.claim) take({ is: "identified" });
    },
    async ask(question, variables) {
      const before = known;
      let stale: string | undefined;
      for (;;) {
        const token = await api.token(stale);
        // What was asked of one visit is not asked of another; and whom another tab has named meanwhile is not named anew.
        const isOther = before && before.id !== known?.id;
        const isNamedSince = question === "identifyVisitor" && before?.claim !== known?.claim;
        if (token.is === "refused" || isOther || isNamedSince) return { is: "unauthenticated" };
        if (token.is !== "done") return token;
        const asked = { documentId: documentIds[question], variables, token: token.value };
        const answer = await ask<Answers[typeof question]>(outside, url, asked);
        reach(answer);
        if (answer.is !== "unauthenticated" || stale) return answer;
        stale = token.value;
      }
    },
  };
  return api;
}
