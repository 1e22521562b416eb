import { allOf, anyOf, type Fragment, fragment, varying } from "../kernel/statement.ts";
import { dateIn, endOfDate } from "./due.ts";
import type { Condition, Filter } from "./filter.ts";
import { foundBy, type Named } from "./filter-scope.ts";

/** Who asks, when, and what the names of the filter stand for. */
export type Asking = { agent: { workspaceId: string; agentId: string; zone: string }; at: Date; named: Named };

/** Of a row of `task` that is joined with its project: whether the filter's conditions hold. */
export function whereOf(filter: Filter, asking: Asking): Fragment {
  return varying(allOf(filter.map((condition) => partOf(condition, asking))));
}

/** Words are looked for in so many of a project's newest tasks: no index finds them. */
export const NEWEST_SEARCHED = 5_000;

function partOf({ field, values, isNot }: Condition, asking: Asking): Fragment {
  const held = anyOf(piecesOf({ field, values }, asking));
  if (isNot) return fragment`(${held}) IS NOT TRUE`;
  if (field !== "text") return held;
  const isNew = fragment`task.number > project.last_number - ${NEWEST_SEARCHED}`;
  return fragment`${anyOf([isNew, ...values.flatMap(keyedAs)])} AND ${held}`;
}

/** A piece for each value; people, teams and labels are one piece together, by which an index is looked up. */
function piecesOf({ field, values }: Pick<Condition, "field" | "values">, asking: Asking): Fragment[] {
  const listed = listedBy(field);
  if (!listed) return values.map((value) => valuePart({ field, value }, asking));
  const named = values.filter((value) => value !== "none");
  const pieces = named.length > 0 ? [listed.ofThese(asking, idsOf({ field, values: named }, asking))] : [];
  return values.includes("none") && listed.none ? [...pieces, listed.none] : pieces;
}

const OPEN = fragment`task.state_group NOT IN ('completed', 'cancelled')`;

/** What of a task that waits for another one, which the agent sees. */
const blockedFor = (agentId: string) => fragment`(${OPEN} AND EXISTS (
  SELECT FROM task_link AS link JOIN task AS other ON other.workspace_id = link.workspace_id AND other.conversation_id = link.from_id
  JOIN project AS its ON its.workspace_id = other.workspace_id AND its.id = other.project_id
  JOIN space_member AS seer ON seer.workspace_id = its.workspace_id AND seer.space_id = its.space_id AND seer.agent_id = ${agentId}
  WHERE link.workspace_id = task.workspace_id AND link.to_id = task.conversation_id AND link.kind = 'blocks'
    AND other.state_group NOT IN ('completed', 'cancelled')))`;

type Part = { field: Condition["field"]; value: string };

function valuePart({ field, value }: Part, asking: Asking): Fragment {
  const { named } = asking;
  switch (field) {
    case "is":
      return isPart(value, asking);
    case "project":
      return fragment`project.key = ${value}`;
    case "state": {
      const places = named.states.get(foundBy({ field }, value)) ?? [];
      const isThere = ({ projectId, stateId }: (typeof places)[number]) =>
        fragment`(task.project_id = ${projectId} AND task.state_id = ${stateId})`;
      return anyOf(places.map(isThere));
    }
    case "priority":
      return fragment`task.priority = ${value}::task_priority`;
    case "severity":
      return value === "none" ? fragment`task.severity IS NULL` : fragment`task.severity = ${value}::task_severity`;
    case "type":
      return fragment`task.type = ${value}::task_type`;
    case "due":
      return duePart(value, asking);
    case "text":
      return anyOf([
        fragment`task.title ILIKE ${`%${value.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`}`,
        ...keyedAs(value),
      ]);
    default:
      throw new Error(`Tasks are listed by ${field}.`);
  }
}

/** Whether it is the task of this key; nothing of what is no key. */
function keyedAs(value: string): Fragment[] {
  const [, key, number] = /^([a-z][a-z0-9]*)-(\d{1,9})$/i.exec(value) ?? [];
  return key ? [fragment`(project.key = ${key.toUpperCase()} AND task.number = ${Number(number)})`] : [];
}

function isPart(value: string, { agent, at }: Asking): Fragment {
  if (value === "open") return OPEN;
  if (value === "closed") return fragment`task.state_group IN ('completed', 'cancelled')`;
  if (value === "overdue") return fragment`(${OPEN} AND task.due_at <= ${at})`;
  if (value === "blocked") return blockedFor(agent.agentId);
  return fragment`task.state_group = ${value}::state_group`;
}

/** How tasks are found that are listed under people, teams or labels, and those that are under none. */
type Listed = { ofThese: (asking: Asking, ids: readonly string[]) => Fragment; none?: Fragment };

function listedBy(field: Condition["field"]): Listed | undefined {
  return LISTED[field as keyof typeof LISTED];
}

const LISTED = {
  assignee: {
    ofThese: ({ agent }, ids) => fragment`task.conversation_id IN (
      SELECT a.task_id FROM task_assignee AS a
      WHERE a.workspace_id = ${agent.workspaceId} AND a.agent_id = ANY(${ids}::uuid[]))`,
    none: fragment`NOT EXISTS (SELECT FROM task_assignee AS a
      WHERE a.workspace_id = task.workspace_id AND a.task_id = task.conversation_id)`,
  },
  watcher: {
    ofThese: ({ agent }, ids) => fragment`task.conversation_id IN (
      SELECT w.task_id FROM task_watcher AS w
      WHERE w.workspace_id = ${agent.workspaceId} AND w.agent_id = ANY(${ids}::uuid[]))`,
  },
  team: {
    ofThese: ({ agent }, ids) => fragment`task.conversation_id IN (
      SELECT a.task_id FROM team_member AS m
      JOIN task_assignee AS a ON a.workspace_id = m.workspace_id AND a.agent_id = m.agent_id
      WHERE m.workspace_id = ${agent.workspaceId} AND m.team_id = ANY(${ids}::uuid[]))`,
  },
  label: {
    ofThese: ({ agent }, ids) => fragment`task.conversation_id IN (
      SELECT l.task_id FROM task_label AS l
      WHERE l.workspace_id = ${agent.workspaceId} AND l.label_id = ANY(${ids}::uuid[]))`,
    none: fragment`NOT EXISTS (SELECT FROM task_label AS l
      WHERE l.workspace_id = task.workspace_id AND l.task_id = task.conversation_id)`,
  },
} satisfies Partial<Record<Condition["field"], Listed>>;

/** What the names of people, teams or labels stand for. */
function idsOf({ field, values }: Pick<Condition, "field" | "values">, { named, agent }: Asking): string[] {
  if (field === "label") return values.flatMap((value) => named.labels.get(foundBy({ field }, value)) ?? []);
  const places = field === "team" ? named.teams : named.people;
  return values.flatMap((value) => (value === "me" ? agent.agentId : (places.get(value) ?? [])));
}

const DAY_MS = 86_400_000;

/** Days are those of whoever asks. */
function duePart(value: string, { agent, at }: Asking): Fragment {
  if (value === "none") return fragment`task.due_at IS NULL`;
  if (value === "any") return fragment`task.due_at IS NOT NULL`;
  if (value === "today") return within(dateIn(at, agent.zone), agent.zone);
  if (value === "tomorrow")
    return within(dateIn(endOfDate(dateIn(at, agent.zone), agent.zone)!, agent.zone), agent.zone);
  const [, sign, count, unit] = /^([<>])(\d+)([dw])$/.exec(value) ?? [];
  if (count) {
    const then = new Date(at.getTime() + Number(count) * DAY_MS * (unit === "w" ? 7 : 1));
    return sign === "<" ? fragment`task.due_at <= ${then}` : fragment`task.due_at > ${then}`;
  }
  const date = value.replace(/^[<>]/, "");
  if (value.startsWith("<")) return until(beginOf(date, agent.zone));
  if (value.startsWith(">")) return from(endOfDate(date, agent.zone)!);
  return within(date, agent.zone);
}

function within(date: string, zone: string): Fragment {
  return fragment`(${from(beginOf(date, zone))} AND ${until(endOfDate(date, zone)!)})`;
}

/** Whether it is due on a day that begins then or later: what is due on a day is kept by its end, which is when the next one begins. */
function from(midnight: Date): Fragment {
  return fragment`(task.due_at >= ${midnight} AND (task.due_at <> ${midnight} OR task.due_kind = 'instant'))`;
}

/** Whether it is due on a day that ends then or earlier. */
function until(midnight: Date): Fragment {
  return fragment`(task.due_at <= ${midnight} AND (task.due_at <> ${midnight} OR task.due_kind = 'date'))`;
}

function beginOf(date: string, zone: string): Date {
  const before = new Date(Date.parse(`${date}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
  return endOfDate(before, zone)!;
}
