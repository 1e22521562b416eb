import { setTimeout as pause } from "node:timers/promises";
import { globalId } from "../../tests/support/ids.ts";
import type { Workflow } from "../../api/tasks/workflow.ts";
import type { Dice } from "../dice.ts";
import { rowId } from "../ground/cast.ts";
import { type PostOutcome, post } from "../ground/post.ts";

/** A move that somebody asked for, and what they were told: that it was done, that nothing was to be done, or why not. */
export type Asked = { by: string; taskId: string; to: string; told: "moved" | "stood there" | "refused" };

/** What came of somebody's deeds. */
export type Deeds = { asked: Asked[]; ranked: number; refusals: Map<string, number>; problems: string[] };

export type Calling = {
  url: string;
  caller: { id: string; token: string };
  workflow: Workflow;
  /** Where they believe that the tasks stand; nobody tells them what others do. */
  believed: Map<string, string>;
  dice: Dice;
  /** When they stop, by `performance.now()`. */
  until: number;
};

const MOVE = `mutation ($input: MoveTaskInput!) { moveTask(input: $input) { __typename
  ... on MoveTaskPayload { isMoved task { id state { key } } } ... on UserError { code } } }`;
const RANK = `mutation ($input: RankTaskInput!) { rankTask(input: $input) { __typename
  ... on RankTaskPayload { task { id } } ... on UserError { code } } }`;
const LOOK = `query ($id: ID!) { task(id: $id) { state { key } } }`;

/** The longest that somebody thinks between two deeds, in ms. */
const LONGEST_THOUGHT_MS = 300;

/** Moves cards by the API, on and among each other, as somebody who does not look on: they are often late. */
export async function callAtRandom(calling: Calling): Promise<Deeds> {
  const { dice, believed, until } = calling;
  const deeds: Deeds = { asked: [], ranked: 0, refusals: new Map(), problems: [] };
  const tasks = [...believed.keys()];
  while (performance.now() < until) {
    const taskId = dice.pick(tasks);
    await (dice.happens(0.5) ? move(calling, deeds, taskId) : rank(calling, deeds, taskId));
    await pause(dice.between(0, LONGEST_THOUGHT_MS));
  }
  return deeds;
}

async function move(calling: Calling, deeds: Deeds, taskId: string): Promise<void> {
  const { believed, workflow, dice, caller } = calling;
  const seen = believed.get(taskId)!;
  const { id: moveId, to } = dice.pick(workflow.moves.filter(({ from }) => from === "any" || from.includes(seen)));
  const input = { taskId: globalId("Task", taskId), moveId, expectedState: seen };
  const told = read(await ask(calling, MOVE, { input }), "moveTask");
  if (told.lost) return void deeds.problems.push(`a move was lost: ${told.lost}`);
  const isDone = told.__typename === "MoveTaskPayload";
  deeds.asked.push({ by: caller.id, taskId, to, told: !isDone ? "refused" : told.isMoved ? "moved" : "stood there" });
  if (!isDone) return refused(calling, deeds, { taskId, code: told.code });
  believed.set(taskId, told.task.state.key);
}

async function rank(calling: Calling, deeds: Deeds, taskId: string): Promise<void> {
  const { believed, dice } = calling;
  const column = [...believed].filter(([id, state]) => id !== taskId && state === believed.get(taskId));
  if (column.length === 0) return;
  const [besideId] = dice.pick(column);
  const side = dice.pick(["before", "after"]);
  const input = { taskId: globalId("Task", taskId), beside: { [side]: globalId("Task", besideId) } };
  const told = read(await ask(calling, RANK, { input }), "rankTask");
  if (told.lost) return void deeds.problems.push(`an order was lost: ${told.lost}`);
  if (told.__typename === "RankTaskPayload") return void deeds.ranked++;
  await refused(calling, deeds, { taskId, code: told.code });
  await look(calling, besideId);
}

/** Who is refused looks where the task stands. */
async function refused(calling: Calling, { refusals }: Deeds, { taskId, code }: { taskId: string; code: string }) {
  refusals.set(code, (refusals.get(code) ?? 0) + 1);
  await look(calling, taskId);
}

async function look(calling: Calling, taskId: string): Promise<void> {
  const outcome = await ask(calling, LOOK, { id: globalId("Task", taskId) });
  const state = "answer" in outcome && outcome.answer.data?.task?.state.key;
  if (state) calling.believed.set(taskId, state);
}

function ask({ url, caller }: Calling, query: string, variables: object): Promise<PostOutcome> {
  return post({ url, token: caller.token, query, variables });
}

function read(outcome: PostOutcome, field: string) {
  if ("lost" in outcome) return { lost: outcome.lost };
  return outcome.answer.data?.[field] ?? { lost: JSON.stringify(outcome.answer) };
}

const READ = `query ($id: ID!, $after: String) { node(id: $id) { ... on Project {
  tasks(first: 100, after: $after) { nodes { id state { key } } pageInfo { hasNextPage endCursor } } } } }`;

/** Reads the whole board by the API: the tasks of each state, in their order. */
export async function readBoard(url: string, token: string, projectId: string): Promise<Map<string, string[]>> {
  const board = new Map<string, string[]>();
  let after: string | null = null;
  for (;;) {
    const outcome: PostOutcome = await post({
      ...{ url, token, query: READ },
      variables: { id: globalId("Project", projectId), after },
    });
    const page: {
      nodes: { id: string; state: { key: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    } = "answer" in outcome && outcome.answer.data?.node?.tasks;
    if (!page) throw new Error(`The board was answered ${JSON.stringify(outcome)}.`);
    for (const { id, state } of page.nodes) board.set(state.key, [...(board.get(state.key) ?? []), rowId(id)]);
    if (!page.pageInfo.hasNextPage) return board;
    after = page.pageInfo.endCursor;
  }
}
