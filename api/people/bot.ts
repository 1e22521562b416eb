import { botNames } from "../../words/bot.ts";
import type { Locale } from "../../words/words.ts";

/** The house's own bot, which answers commands: one in each workspace, and its id is the workspace's. Customers never meet it. */
export type Bot = { kind: "bot"; id: string };

/** The bot of a workspace. */
export function botOf(workspaceId: string): Bot {
  return { kind: "bot", id: workspaceId };
}

/** What the bot is called in a language. */
export function botName(locale: Locale): string {
  return botNames[locale];
}
