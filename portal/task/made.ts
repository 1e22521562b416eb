import type { AgentActor } from "../../api/kernel/actor.ts";
import { fragment } from "../../api/kernel/statement.ts";
import { findMade } from "../../api/tasks/queries.ts";
import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import type { Card } from "./card.ts";
import { readCards } from "./queries.ts";
import { wordsOf } from "./signs.ts";
import { taskLink } from "./task-link.ts";

/** Reads the tasks that were made from messages of a conversation and that the agent may see, the newest first. */
export async function readMade(agent: AgentActor, conversationId: string): Promise<Card[]> {
  const made = (await findMade(agent, [conversationId])).get(conversationId) ?? [];
  if (made.length === 0) return [];
  const ids = made.map((task) => task.conversationId);
  const where = fragment`task.conversation_id = ANY(${ids}::uuid[])`;
  return readCards(agent.workspaceId, { where, order: fragment`task.conversation_id DESC`, limit: ids.length });
}

/**
 * Answers them for the side pane of the conversation, where they stand as they are now: the page asks for the section again when
 * one is made, and when something becomes of one of them. Without any it is empty.
 */
export function madeSection(conversationId: string, tasks: readonly Card[], reader: Reader): Html {
  const list =
    tasks.length > 0 &&
    html`<h2>${wordsOf(reader).tasksOfConversation}</h2>${tasks.map((card) => taskLink(card, reader, `made-${card.id}`))}`;
  return html`<section id="made" hx-get="${paths.madeTasks(conversationId)}" hx-trigger="task" hx-swap="outerHTML" hx-target="this" hx-sync="this:replace">${list}</section>`;
}
