import type { MentionSign } from "../stream-frame.ts";
import { myId, myTargets } from "./here.ts";
import { askForRooms } from "./rooms.ts";
import { seldom } from "./seldom.ts";

/** How often mentions are counted anew at most, in ms. */
const RECOUNT_MS = 1_000;

/** Follows who is mentioned: the number of mentions is asked for anew when one is of this agent. */
export function watchMentions(): void {
  document.addEventListener("mention", (event) => hear(JSON.parse((event as CustomEvent).detail.data) as MentionSign));
  document.addEventListener("unread", recountReadMentions);
}

/** Gives the agent's own mentions their look, which fragments made for everyone do not have. */
export function arrangeMentions(): void {
  const mine = myTargets();
  for (const one of document.querySelectorAll<HTMLElement>(".mention:not(.you)"))
    if (mine.includes(one.dataset.who!) || linkOfRoom(one.dataset.who!)) one.classList.add("you");
}

/** Asks how many mentions are unread. */
export const recountMentions = seldom(RECOUNT_MS, () => {
  document.getElementById("mention-count")?.dispatchEvent(new Event("recount"));
});

/** Asks the same where there were some, since what has been read may be of them. */
export function recountReadMentions(): void {
  if (document.getElementById("mention-count")?.textContent) recountMentions();
}

/** Everyone in a conversation is called by its own id: who has its link is one of them. */
function linkOfRoom(id: string): HTMLElement | null {
  return document.getElementById(`room-${id}`);
}

/** What is said to a room by itself is told with its sign. */
function hear({ conversationId, by, targets, isEdited }: MentionSign): void {
  const link = linkOfRoom(conversationId);
  const mine = link ? [...myTargets(), conversationId] : myTargets();
  const isMine = by !== myId() && targets.some((target) => mine.includes(target));
  if (isEdited) hearEdited(link, isMine);
  else if (isMine) recountMentions();
}

/** What was said before may have mentioned them, and counts no more. */
function hearEdited(link: HTMLElement | null, isMine: boolean): void {
  if (isMine) recountMentions();
  else recountReadMentions();
  if (link && (isMine || link.dataset.toMe !== "0")) askForRooms();
}
