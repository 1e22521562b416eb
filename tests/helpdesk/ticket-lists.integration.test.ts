import { beforeAll, describe, expect, it } from "vitest";
import { MOST_COUNTED, countListed, filterOf, findListed, type TicketView } from "../../api/helpdesk/ticket-lists.ts";
import type { Actor, AgentActor, VisitorActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { TicketStatus } from "../../prisma/generated/client/enums.ts";
import { openWorld } from "../support/open-world.ts";
import { begin, move, say } from "../support/story.ts";
import { addDora } from "../support/two-spaces.ts";
import { addVisitor, type World } from "../support/world.ts";

const views = ["mine", "unassigned", "all"] as const satisfies TicketView[];
const statuses = Object.values(TicketStatus);
const ways = { open: undefined, pending: "wait", resolved: "resolve", closed: "close" } as const;
let world: World;
/** A member of both spaces. */
let dora: AgentActor;

type Row = {
  id: string;
  at: Date;
  spaceId: string;
  contactId: string;
  status: TicketStatus;
  assigneeId: string | null;
};
/** Every conversation, in the order of lists. */
let rows: Row[];

beforeAll(async () => {
  world = await openWorld();
  dora = await addDora(world);
  const otto = await addVisitor(world.wholesale, "Otto");
  // Each desk has a ticket of each status that is Dora's, a colleague's or nobody's.
  const desks: [VisitorActor, AgentActor[]][] = [
    [world.hannah, [world.ann, dora]],
    [otto, [world.ben, dora]],
  ];
  for (const [visitor, agents] of desks)
    for (const replier of [undefined, ...agents])
      for (const status of statuses) {
        const { conversation } = await begin(visitor);
        if (replier) await say(replier, conversation.id);
        const [colleague, way] = [agents[0]!, ways[status]];
        if (way) await move(colleague, conversation.id, way);
      }
  await begin(world.stranger);
  rows = await sql<Row>`
    SELECT id, conversation.staff_activity_at AS at, space_id AS "spaceId", contact_id AS "contactId", status,
      assignee_id AS "assigneeId"
    FROM conversation JOIN ticket ON conversation_id = id ORDER BY 2 DESC, 1 DESC`;
});

function expected(agent: AgentActor, view: TicketView, wanted: readonly TicketStatus[]): string[] {
  const spaces = agent === dora ? [world.spaceId, world.wholesale.spaceId] : [world.spaceId];
  const whose = { mine: agent.agentId, unassigned: null, all: undefined }[view];
  return rows
    .filter(({ spaceId, status }) => spaces.includes(spaceId) && wanted.includes(status))
    .filter(({ assigneeId }) => whose === undefined || assigneeId === whose)
    .map(({ id }) => id);
}

/** The list page by page, from its beginning, or from its end when inverted. */
async function walk(
  actor: Actor,
  filter: Parameters<typeof findListed>[1],
  { size, inverted = false }: { size: number; inverted?: boolean },
) {
  const met: string[] = [];
  for (;;) {
    const last = rows.find(({ id }) => id === met.at(-1));
    const page = { [inverted ? "before" : "after"]: last, limit: size, inverted };
    const ids = await findListed(actor, filter, page);
    met.push(...ids);
    if (ids.length < size) return inverted ? met.reverse() : met;
  }
}

const asked = [undefined, [], ["pending"], ["open", "closed"], ["open", "open"]] satisfies (
  | TicketStatus[]
  | undefined
)[];

describe("a list of tickets", () => {
  it("has what was made for it", () => {
    expect(rows).toHaveLength(25);
    expect(expected(dora, "mine", ["pending"])).toHaveLength(2);
  });

  it.each(views.flatMap((view) => asked.map((wanted) => ({ view, wanted }))))(
    "of $view with the statuses $wanted holds each once in the order of activity, whatever the page",
    async ({ view, wanted }) => {
      for (const agent of [dora, world.ann]) {
        const filter = { ...filterOf(view, agent), ...(wanted && { statuses: wanted }) };
        const order = expected(agent, view, wanted ?? statuses);
        for (const size of [1, 3, 50])
          for (const inverted of [false, true]) expect(await walk(agent, filter, { size, inverted })).toEqual(order);
      }
    },
  );

  it("of a colleague holds theirs", async () => {
    const theirs = await walk(dora, { assigneeId: world.ann.agentId }, { size: 50 });
    expect(theirs).toEqual(expected(world.ann, "mine", statuses));
  });

  it("holds nothing of another space or workspace", async () => {
    expect(await walk(world.ben, { assigneeId: world.ann.agentId }, { size: 50 })).toEqual([]);
    expect(await walk(world.intruder, { statuses }, { size: 50 })).toEqual([
      rows.find(({ contactId }) => contactId === world.stranger.contactId)!.id,
    ]);
  });

  it("is of the customer's own", async () => {
    const own = rows.filter(({ contactId, status }) => contactId === world.hannah.contactId && status === "closed");
    expect((await walk(world.hannah, { statuses: ["closed"] }, { size: 2 })).sort()).toEqual(
      own.map(({ id }) => id).sort(),
    );
  });
});

describe("the counts of the views", () => {
  it("are those of the lists, by status", async () => {
    for (const agent of [dora, world.ann]) {
      const counts = statuses.map((status) => ({
        status,
        ...Object.fromEntries(views.map((view) => [view, expected(agent, view, [status]).length])),
      }));
      expect(await countListed(agent)).toEqual(counts);
      expect(await countListed(agent, ["pending"])).toEqual([counts[1]]);
    }
  });

  it("go no further than their bound", async () => {
    const { workspaceId, spaceId, inboxId, maria } = world;
    await sql`
      WITH told AS (
        INSERT INTO conversation (workspace_id, id, space_id, kind, contact_id, staff_activity_at, customer_activity_at)
        SELECT ${workspaceId}, gen_random_uuid(), ${spaceId}, 'support', ${maria.contactId}, now(), now()
        FROM generate_series(1, ${MOST_COUNTED + 1}) RETURNING id)
      INSERT INTO ticket (workspace_id, conversation_id, inbox_id, number, status_at, staff_activity_at)
      SELECT ${workspaceId}, id, ${inboxId}, 1000 + row_number() OVER (), now(), now() FROM told`;
    const [open] = await countListed(dora, ["open"]);
    expect(open).toEqual({ status: "open", mine: 2, unassigned: MOST_COUNTED, all: MOST_COUNTED });
  });
});
