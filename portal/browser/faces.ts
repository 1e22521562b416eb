import type { Present } from "../../api/people/presence/queries.ts";

/** How those are whom the page looks at, by their ids. */
const known = new Map<string, string>();

/** Begins with how agents are by the marks that the page was made with. */
export function readMarks(): void {
  for (const { dataset } of document.querySelectorAll<HTMLElement>(".pm[data-of]"))
    known.set(dataset.of!, dataset.presence!);
}

/** Keeps how agents are, and shows it at their pictures. */
export function keepPresences(agents: readonly Present[]): void {
  for (const { agentId, presence } of agents) known.set(agentId, presence);
  arrangeFaces();
}

/** Marks the pictures beside what is said in rooms and threads: fragments made for everyone do not know how their authors are. */
export function arrangeFaces(): void {
  for (const face of document.querySelectorAll<HTMLElement>(":is(.room-pane, .replies-pane) .msg > .av")) {
    const presence = known.get(face.parentElement!.dataset.author!);
    if (presence && face.dataset.presence !== presence) face.dataset.presence = presence;
  }
}
