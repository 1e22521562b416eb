import { offeredMoves, wayTo } from "../../api/tasks/workflow.ts";
import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import { wordsOf as projectWordsOf } from "../project/words.ts";
import { mayWorkOn, moverOf, type Seer } from "./may.ts";
import type { TaskFacts } from "./open-queries.ts";
import { nameFor, wordsOf } from "./signs.ts";

/**
 * Answers the form that moves a card: to which state, of those that the reader may choose now, and to which end of its column.
 * The browser shows the place for a comment where the chosen state asks for one.
 */
export function placeForm(task: TaskFacts, { agent, reader }: Seer): Html {
  const words = projectWordsOf(reader);
  const { card, workflow, standing } = task;
  const offered = mayWorkOn(task, agent) ? offeredMoves(workflow, standing, moverOf(task, agent)) : [];
  const states = workflow.states.filter(({ id }) => id === standing.stateId || offered.some(({ to }) => to === id));
  const needsComment = ({ id }: { id: string }) => wayTo(id, offered)?.needs.includes("comment") === true;
  const options = states.map(
    (state) =>
      html`<option value="${state.id}" data-state="${state.id}" ${needsComment(state) && html`data-comment="true"`} ${state.id === standing.stateId && html`selected`}>${nameFor(state, reader)}</option>`,
  );
  const reason =
    states.some(needsComment) &&
    html`<label hidden>${wordsOf(reader).commentNeeded}<input name="comment" required disabled maxlength="10000" dir="auto"></label>`;
  return html`<form class="menu field-form place-form" popover method="post" action="${paths.taskPlace(card.id)}" aria-label="${words.moveCard(card.key)}"><input type="hidden" name="seen" value="${standing.stateId}"><label>${words.moveTo}<select name="state">${options}</select></label><label>${words.place}<select name="end"><option value="top">${words.atTop}</option><option value="bottom">${words.atBottom}</option></select></label>${reason}<footer><button class="btn s primary" type="submit">${words.move}</button></footer></form>`;
}
