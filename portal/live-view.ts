import "../api/chat/events.ts";
import "../api/reminders/events.ts";
import type { AgentsChanged, LiveEvent, View } from "../api/kernel/live/view.ts";
import type { LoggedEvent } from "../api/kernel/log/event.ts";
import { findPresent } from "../api/people/presence/queries.ts";
import type { Locale } from "../words/words.ts";
import { isAct, renderAct } from "./live/act.ts";
import { cursorAt, packEverywhere } from "./live/packed.ts";
import { renderRoom } from "./live/room.ts";
import { renderSign } from "./live/sign.ts";
import { renderTask } from "./live/task.ts";
import { renderTicket } from "./live/ticket.ts";
import { type Reader, sharedReader } from "./reader.ts";
import { toldFrames } from "./reminders/signs.ts";
import { ownFrame, presenceFrame, remindersFrame, reloadFrame } from "./stream-frame.ts";

const views: Record<Locale, View> = { en: viewIn("en"), ru: viewIn("ru") };

/** Answers how staff of one language see events in the portal; each event is rendered once for all of them. */
export function portalView(locale: Locale): View {
  return views[locale];
}

function viewIn(locale: Locale): View {
  const reader = sharedReader(locale);
  return { key: `portal ${locale}`, readers: "staff", render: (event) => renderEvent(event, reader) };
}

async function renderEvent(event: LiveEvent, reader: Reader): Promise<string | null> {
  if (event.type === "reload") return packEverywhere(reloadFrame(cursorAt(event.position)));
  if (event.type === "typing.changed" || event.type === "viewing.changed" || event.type === "read.marked")
    return renderSign(event);
  if (event.type === "agents.changed") return renderPresence(event);
  if (event.type === "reminders.changed") return packEverywhere(remindersFrame);
  if (event.type === "reminder.told") return packEverywhere(await toldFrames(event, cursorAt(event.position), reader));
  if (event.type === "own.changed")
    return packEverywhere(ownFrame({ conversationId: event.conversationId, ...event.payload }));
  if (isAct(event)) return renderAct(event, reader);
  if (event.type.startsWith("task.")) return renderTask(event as LoggedEvent, reader);
  return event.contactId === null ? renderRoom(event, reader) : renderTicket(event, reader);
}

/** How agents are: everybody who looks shows them by the same marks. */
async function renderPresence({ workspaceId, agentIds }: AgentsChanged): Promise<string> {
  return packEverywhere(presenceFrame(await findPresent(workspaceId, agentIds)));
}
