import type { Context } from "koa";
import { leadingCommand } from "../../api/commands/leading-command.ts";
import { wordsOf } from "../commands/words.ts";
import { type Html, html } from "../html.ts";
import type { Reader } from "../reader.ts";
import { fieldOf, wantsPart } from "../visit.ts";
import { problemLine } from "./composer.ts";

/** What the sender says of a reply that begins with a command, once they have been asked; '' where they have not. */
export function choiceIn(ctx: Context): "note" | "send" | "resolve" | "" {
  const said = fieldOf(ctx, "held");
  return said === "note" || said === "send" || said === "resolve" ? said : "";
}

/**
 * Asks whether a reply is meant that begins with a command, where the customer would read it as text; null where it need not be
 * asked. Without a script nothing is: what was written is sent.
 */
export function heldReply(ctx: Context, body: string, reader: Reader): Html | null {
  const command = wantsPart(ctx) && choiceIn(ctx) === "" ? leadingCommand(body) : null;
  if (command === null) return null;
  const words = wordsOf(reader);
  const sends = fieldOf(ctx, "next") === "resolve" ? "resolve" : "send";
  const choices = html`<span class="choices"><button class="link-button" type="submit" name="held" value="note">${words.sendAsNote}</button> <button class="link-button" type="submit" name="held" value="${sends}">${words.sendAnyway}</button></span>`;
  return html`${problemLine(words.held(command))}${choices}`;
}
