import type { Tally } from "../tally.ts";
import type { Client } from "./client.ts";
import type { Written } from "./writing.ts";

/** What each client must have been sent: of its conversation, what its class may see, in order. */
export function meantFor({ conversationId, readers }: Client, written: Map<string, Written[]>): string[] {
  const own = written.get(conversationId) ?? [];
  return own.filter(({ visibility }) => readers === "staff" || visibility === "everyone").map(({ body }) => body);
}

/** Nothing lost, nothing doubled, nothing out of order, nothing that is another's. */
export function judgeClient(tally: Tally, client: Client, written: Map<string, Written[]>): void {
  const { name, heard, strange } = client;
  const meant = meantFor(client, written);
  const lost = meant.filter((body) => !heard.includes(body));
  const doubled = heard.filter((body, index) => heard.indexOf(body) !== index);
  tally.expect(`${name} lost something`, lost.length === 0, lost.slice(0, 3));
  tally.expect(`${name} was sent something twice`, doubled.length === 0, doubled.slice(0, 3));
  const isInOrder = lost.length > 0 || doubled.length > 0 || heard.join() === meant.join();
  tally.expect(`${name} was sent something out of order, or another's`, isInOrder, { heard, meant });
  tally.expect(`${name} was sent no more than events`, strange.length === 0, strange[0]);
}
