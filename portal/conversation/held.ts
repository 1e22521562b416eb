import type { Context } from "koa";
import type { Visibility } from "../../api/chat/message.ts";
import { leadingCommand } from "../../api/commands/leading-command.ts";
import { isAmongStaff } from "../commands/queries.ts";
import { wordsOf } from "../commands/words.ts";
import { type Html, html } from "../html.ts";
import { fieldOf, type Visit, wantsPart } from "../visit.ts";
import { problemLine } from "./composer.ts";

type Sending = { conversationId: string; body: string; visibility: Visibility };

/** What the sender says of a reply that begins with a command, once they have been asked; '' where they have not. */
export function choiceIn(ctx: Context): "note" | "send" | "resolve" | "" {
  const said = fieldOf(ctx, "held");
  return said === "note" || said === "send" || said === "resolve" ? said : "";
}

/**
 * Asks whether a reply is meant that begins with a command, where the customer would read it as text; null where it need not be
 * asked. In rooms it is one. Without a script nothing is asked: what was written is sent.
 */
export async function heldReply(ctx: Context, { agent, reader }: Visit, sending: Sending): Promise<Html | null> {
  const { conversationId, body, visibility } = sending;
  if (visibility === "staff" || !wantsPart(ctx) || choiceIn(ctx) !== "") return null;
  const command = leadingCommand(body);
  if (command === null || (await isAmongStaff(agent, { conversationId, isNote: false }))) return null;
  const words = wordsOf(reader);
  const sends = fieldOf(ctx, "next") === "resolve" ? "resolve" : "send";
  const choices = html`<span class="choices"><button class="link-button" type="submit" name="held" value="note">${words.sendAsNote}</button> <button class="link-button" type="submit" name="held" value="${sends}">${words.sendAnyway}</button></span>`;
  return html`${problemLine(words.held(command))}${choices}`;
}
