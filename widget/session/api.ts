import { type Answers, operations } from "../operations.ts";
import { type Answer, ask } from "./ask.ts";
import type { Input } from "./machine/state.ts";
import type { Outside } from "./outside.ts";
import type { VisitKeeper } from "./visit-keeper.ts";

export interface ApiSettings {
  readonly url: string;
  readonly visit: VisitKeeper;
  /** Is told whether the API can be reached, and when the visit cannot start or has ended. */
  take(input: Input): void;
}

/** Asks in the visitor's name. */
export interface Api {
  /** A usable access token. See VisitKeeper.token. */
  token(stale?: string): Promise<Answer<string>>;
  /** Asks one of the widget's questions. A token the API turns down is renewed and the question repeated, once. A refused visit is no refusal of this question, which may be asked again in the next visit: it is "unauthenticated". */
  ask<Q extends keyof Answers>(question: Q, variables: object): Promise<Answer<Answers[Q]>>;
}

export function openApi(outside: Outside, { url, visit, take }: ApiSettings): Api {
  const reach = (answer: Answer<unknown>) => take({ is: "reached", isReachable: answer.is !== "unreachable" });
  let visitId = visit.current()?.id;
  const api: Api = {
    async token(stale) {
      const answer = await visit.token(stale);
      if (answer.is === "refused") take({ is: "visitRefused", refusal: answer.refusal });
      else reach(answer);
      const before = visitId;
      visitId = visit.current()?.id;
      // Another tab may have ended the visit and begun another.
      if (before && visitId && before !== visitId) take({ is: "visitChanged" });
      return answer;
    },
    async ask(question, variables) {
      let stale: string | undefined;
      for (;;) {
        const before = visitId;
        const token = await api.token(stale);
        // What was asked of one visit is not asked of another.
        if (token.is === "refused" || (before && before !== visitId)) return { is: "unauthenticated" };
        if (token.is !== "done") return token;
        const query = operations[question];
        const answer = await ask<Answers[typeof question]>(outside, url, { query, variables, token: token.value });
        reach(answer);
        if (answer.is !== "unauthenticated" || stale) return answer;
        stale = token.value;
      }
    },
  };
  return api;
}
