import { isOriginOfAnyInbox } from "../helpdesk/queries.ts";

/** Whether this Origin may call with a credential: our own pages, a site on an inbox's list, or a program, which sends none. */
export async function mayCallFrom(origin: string | undefined, publicUrl: string): Promise<boolean> {
  return origin === undefined || origin === publicUrl || isOriginOfAnyInbox(origin);
}
