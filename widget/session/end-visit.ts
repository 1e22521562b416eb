import { documentIds } from "../document-ids.ts";
import type { Visit } from "../operations.ts";
import { type Answer, ask, type Question } from "./ask.ts";
import type { Outside } from "./outside.ts";

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** Ends a visit that this device has forgotten already: also from a page that is just being left, and until it has arrived as long as the page is there. */
export async function endVisit(outside: Outside, url: string, { accessToken, refreshToken }: Visit): Promise<void> {
  const put = <T>(question: Question) => ask<T>(outside, url, { ...question, isLast: true });
  const end = (token: string) => put({ documentId: documentIds.endVisit, variables: {}, token });
  const endIt = async (): Promise<Answer<unknown>> => {
    const answer = await end(accessToken);
    if (answer.is !== "unauthenticated") return answer;
    // The access token has expired, or the visit is over.
    const variables = { input: { refreshToken } };
    const renewed = await put<{ refreshVisit: { visit: Visit } }>({ documentId: documentIds.refreshVisit, variables });
    return renewed.is === "done" ? end(renewed.value.refreshVisit.visit.accessToken) : renewed;
  };
  for (let pauseMs = FIRST_MS; (await endIt()).is === "unreachable"; pauseMs = Math.min(LONGEST_MS, 2 * pauseMs))
    await new Promise<void>((resolve) => void outside.clock.after(pauseMs, resolve));
}
