import htmx from "htmx.org";
import { recogniseLines } from "./ghosts.ts";
import { isRenewal, keepWithLines } from "./changed-lines.ts";
import { paneOf, reader, say, type SwapDetail } from "./here.ts";
import { askForRooms, markRoomLinks } from "./rooms.ts";
import { recountMentions } from "./mentions.ts";
import { recountReminders } from "./reminders.ts";
import { markArrivals } from "./rows.ts";

type Connection = { lastEventId: string; reader: ReadableStreamDefaultReader | null };
type StreamElement = HTMLElement & { _htmx?: { sse?: Connection } };

/** The server says "ping" every 15 s; three missed mean that the line is dead, however open it looks. */
const SILENCE_MS = 45_000;
const RETRY_MS = 2_000;

let silence: ReturnType<typeof setTimeout>;
let isLost = false;
/** Streams that have been open: one that comes again may have missed that a room has come or gone. */
const connected = new WeakSet<Element>();

/**
 * Watches the page's live stream: shows when it is lost, cuts a line that has gone silent, starts again what htmx would
 * not (a first connect that failed), goes to the sign-in when the session has ended, and reloads when too much was missed.
 */
export function watchConnection(): void {
  document.addEventListener("htmx:sse:after:connection", () => {
    alive();
    const element = stream();
    if (element && connected.has(element)) {
      askForRooms();
      recountMentions();
      recountReminders();
    } else if (element) connected.add(element);
  });
  document.addEventListener("htmx:sse:before:message", alive);
  document.addEventListener("htmx:sse:error", (event) => lost((event as CustomEvent).detail.status));
  document.addEventListener("htmx:sse:close", (event) => restart(event.target as StreamElement));
  document.addEventListener("htmx:error", (event) => restart(event.target as StreamElement));
  document.addEventListener("htmx:response:error", (event) => {
    const { target, detail } = event as CustomEvent;
    if (detail.ctx.response.status === 401) signIn();
    else restart(target as StreamElement);
  });
  window.addEventListener("offline", () => lost());
  window.addEventListener("online", cut);
  document.addEventListener("reload", () => location.reload());
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = (event as CustomEvent<SwapDetail>).detail;
    const fragments = tasks.map((task) => task.fragment);
    recogniseLines(tasks.filter((task) => !isRenewal(task)).map((task) => task.fragment));
    keepWithLines(tasks.filter(isRenewal).map((task) => task.fragment));
    markRoomLinks(fragments);
    if (paneOf(ctx) === "list") return;
    markArrivals(fragments, ctx.sourceElement?.id === "live" ? "news" : "answer");
  });
}

/** Answers the cursor that this page's stream has come to, so that the next one need not begin later than it. */
export function streamCursor(): string | undefined {
  return (
    stream()?._htmx?.sse?.lastEventId ||
    new URLSearchParams(stream()?.getAttribute("hx-sse:connect")?.split("?")[1]).get("after") ||
    undefined
  );
}

function stream(): StreamElement | null {
  return document.getElementById("live");
}

function alive(): void {
  if (isLost) say(reader().words.connectionBack);
  show(false);
  clearTimeout(silence);
  silence = setTimeout(cut, SILENCE_MS);
}

// The reader is cancelled, not aborted: htmx then connects again, with the last event's id.
function cut(): void {
  if (document.hidden) return;
  lost();
  void stream()?._htmx?.sse?.reader?.cancel();
}

function lost(status?: number): void {
  if (status === 401) signIn();
  else show(true);
}

function restart(element: StreamElement): void {
  if (element.id !== "live") return;
  setTimeout(() => {
    // The one that stood beside another conversation was not lost, but left.
    if (!element.isConnected || element._htmx?.sse) return;
    lost();
    htmx.process(element, true);
  }, RETRY_MS);
}

function show(nowLost: boolean): void {
  isLost = nowLost;
  // Set anew, be it the same, it would have to be laid out anew; and this is asked with everything that comes.
  for (const bar of document.querySelectorAll<HTMLElement>(".netbar"))
    if (bar.hidden === nowLost) bar.hidden = !nowLost;
}

// The page's own address leads there and back. With what follows a # it would be no journey at all.
function signIn(): void {
  location.assign(location.pathname + location.search);
}
