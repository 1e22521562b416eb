import { seenLine, typingLine } from "../conversation/signs.ts";
import { firstName } from "../person.ts";
import type { Sign } from "../stream-frame.ts";
import { myId, openId, openThread, reader, say } from "./here.ts";

/** How long a sign holds without another, in ms. */
const HOLDS_MS = { typing: 6_000, viewing: 30_000, seen: 0 };

type Passing = { name: string; ends: ReturnType<typeof setTimeout> };

/** Who is writing and who is looking, by id, in the thread that is open. */
const present = { typing: new Map<string, Passing>(), viewing: new Map<string, Passing>() };
let presentIn: string | undefined;

/** Shows the passing signs of the open conversation: who writes, who looks too, and how far the customer has read. */
export function watchSigns(): void {
  document.addEventListener("sign", (event) => hear(JSON.parse((event as CustomEvent).detail.data) as Sign));
  document.addEventListener("htmx:after:swap", () => {
    if (presentIn !== openId()) forgetAll();
    for (const kind of ["typing", "viewing"] as const) show(kind);
  });
}

/** The last line of the thread when its end was last put in order. */
let lastLine: Element | null = null;

/** Puts the end of the thread in order: whether the customer has seen the last answer. An answer of theirs says it better. */
export function arrangeThreadEnd(): void {
  followThread();
  const line = document.getElementById("seen");
  const messages = openThread()?.querySelectorAll<HTMLElement>(".msg:not(.note)");
  const last = messages && [...messages].at(-1);
  if (!line || !last) return;
  const isSeen = last.dataset.client !== undefined && Number(line.dataset.seq ?? 0) >= Number(last.dataset.seq);
  const text = isSeen ? seenLine(new Date(line.dataset.at!), reader()).text : "";
  if (line.dataset.shown !== text) line.innerHTML = text;
  line.dataset.shown = text;
}

/** What stands under the last line stands anew under a new one: nothing that is being read moves. */
function followThread(): void {
  const last = openThread()?.querySelector(".messages")?.lastElementChild ?? null;
  if (last === lastLine) return;
  lastLine = last;
  for (const id of ["seen", "typing"]) {
    const line = document.getElementById(id);
    line?.replaceWith(line.cloneNode(true));
  }
}

function hear({ kind, by, isOn, seq }: Sign): void {
  presentIn = openId();
  if (kind === "seen") return sawUpTo(seq);
  if (by.id === myId()) return;
  const known = present[kind].get(by.id);
  clearTimeout(known?.ends);
  if (!isOn) return end(kind, by.id);
  const name = by.name === null ? reader().words.visitor : firstName(by.name);
  present[kind].set(by.id, { name, ends: setTimeout(() => end(kind, by.id), HOLDS_MS[kind]) });
  if (known) return;
  show(kind);
  if (kind === "viewing") say(reader().words.viewing([name]));
}

function sawUpTo(seq: number): void {
  const line = document.getElementById("seen");
  if (!line || Number(line.dataset.seq ?? 0) >= seq) return;
  Object.assign(line.dataset, { seq: String(seq), at: new Date().toISOString() });
  arrangeThreadEnd();
}

function end(kind: "typing" | "viewing", id: string): void {
  if (present[kind].delete(id)) show(kind);
}

function forgetAll(): void {
  for (const people of Object.values(present)) {
    for (const { ends } of people.values()) clearTimeout(ends);
    people.clear();
  }
}

function show(kind: "typing" | "viewing"): void {
  const names = [...present[kind].values()].map(({ name }) => name);
  const place = document.getElementById(kind === "typing" ? "typing" : "viewers");
  // The same names in a place that was put in anew are shown again; where they stand already, nothing moves.
  if (!place || (place.dataset.names ?? "") === names.join()) return;
  place.dataset.names = names.join();
  if (kind === "typing") place.innerHTML = names.length > 0 ? typingLine(names, reader()).text : "";
  else place.textContent = names.length > 0 ? ` · ${reader().words.viewing(names)}` : "";
}
