import { sendMessage } from "../api/chat/actions/send-message.ts";
import { goTo, succeeded } from "./telling.ts";
import type { AgentActor } from "../api/kernel/actor.ts";
import { newId } from "../api/kernel/id.ts";
import { addChecklistItem } from "../api/tasks/actions/add-checklist-item.ts";
import { assignTask } from "../api/tasks/actions/assign-task.ts";
import { changeProjectMember } from "../api/tasks/actions/change-project-member.ts";
import { createLabel } from "../api/tasks/actions/create-label.ts";
import { createProject } from "../api/tasks/actions/create-project.ts";
import { createTask } from "../api/tasks/actions/create-task.ts";
import { labelTask } from "../api/tasks/actions/label-task.ts";
import { linkTasks } from "../api/tasks/actions/link-tasks.ts";
import { moveTask } from "../api/tasks/actions/move-task.ts";
import { updateChecklistItem } from "../api/tasks/actions/update-checklist-item.ts";
import { type Due, dateIn } from "../api/tasks/due.ts";
import { findChecklists } from "../api/tasks/part-queries.ts";
import { operations, type TaskEpisode, taskEpisodes } from "./tasks-story.ts";

type Cast = Record<TaskEpisode["by"], AgentActor>;
/** Messages that conversations with customers begin with: ids, by what they say. */
type Said = ReadonlyMap<string, string>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Opens the shop's project, and lets happen there what has happened. */
export async function tellTasks(cast: Cast, said: Said): Promise<void> {
  goTo({ minutesAgo: taskEpisodes[0]!.minutesAgo + 1 });
  const { key, name, workflow, people, labels } = operations;
  const [owner, ...others] = people.map((person) => cast[person]) as [AgentActor, ...AgentActor[]];
  const { projectId } = succeeded(await createProject(owner, { clientId: newId(), key, name, workflow }));
  for (const { agentId } of others) succeeded(await changeProjectMember(owner, { projectId, agentId, role: "member" }));
  const labelIds = new Map<string, string>();
  for (const [label, colour] of Object.entries(labels)) {
    const made = await createLabel(owner, { clientId: newId(), projectId, name: label, colour });
    labelIds.set(label, succeeded(made).labelId);
  }
  const taskIds: string[] = [];
  for (const episode of taskEpisodes)
    taskIds.push(await tellTask(episode, { cast, said, projectId, labelIds, taskIds }));
}

type Project = { cast: Cast; said: Said; projectId: string; labelIds: Map<string, string>; taskIds: readonly string[] };

async function tellTask(episode: TaskEpisode, { cast, said, projectId, labelIds, taskIds }: Project): Promise<string> {
  const { by, source, assignees = [], labels = [], checklist = [], relates = [], steps = [] } = episode;
  const actor = cast[by];
  goTo(episode);
  const { title, description, type, priority, severity, estimateMinutes } = episode;
  const given = { title, description, type, priority, severity, estimateMinutes, due: dueOf(episode, actor.zone) };
  const sourceMessageId = source === undefined ? undefined : said.get(source);
  const made = await createTask(actor, { clientId: newId(), projectId, sourceMessageId, ...given });
  const { taskId } = succeeded(made);
  const add = assignees.map((person) => cast[person].agentId);
  if (add.length > 0) succeeded(await assignTask(actor, { taskId, add, remove: [] }));
  const wanted = labels.map((label) => labelIds.get(label)!);
  if (wanted.length > 0) succeeded(await labelTask(actor, { taskId, add: wanted, remove: [] }));
  for (const number of relates)
    succeeded(await linkTasks(actor, { taskId, kind: "relates", otherId: taskIds[number - 1]!, isOn: true }));
  for (const { text } of checklist) succeeded(await addChecklistItem(actor, { clientId: newId(), taskId, text }));
  const items = (await findChecklists(actor.workspaceId, [taskId])).get(taskId) ?? [];
  for (const [index, { id: itemId }] of items.entries())
    if (checklist[index]?.isDone) succeeded(await updateChecklistItem(actor, { itemId, isDone: true }));
  for (const step of steps) await take(taskId, step, cast[step.by]);
  return taskId;
}

async function take(taskId: string, step: NonNullable<TaskEpisode["steps"]>[number], actor: AgentActor): Promise<void> {
  goTo(step);
  const { move, text } = step;
  const talk = { conversationId: taskId, clientId: newId(), body: text ?? "", visibility: "everyone" as const };
  if (move === undefined) succeeded(await sendMessage(actor, talk));
  else succeeded(await moveTask(actor, { taskId, moveId: move, comment: text }));
}

/** From the present of who tries it out, not from that of the story. */
function dueOf({ due }: TaskEpisode, zone: string): Due | undefined {
  if (due === undefined) return undefined;
  const today = Date.now();
  if ("hours" in due) return { at: new Date(today + due.hours * HOUR_MS), zone };
  return { date: dateIn(new Date(today + due.days * DAY_MS), zone), zone };
}
