import pg from "pg";

/** Of all tasks so many are open, however many there are: what is done with grows, and work does not. */
export const OPEN = 2_000;
/** Of the open ones every so many-th is the caller's, urgent, due within a week; and labelled. */
const [MINE, URGENT, SOON, LABELLED] = [30, 10, 20, 40];

const CAST = `
  CREATE TEMP TABLE cast_of AS
  SELECT workspace_id, agent_id AS mine_id, uuidv7() AS space_id, uuidv7() AS project_id, uuidv7() AS label_id
  FROM personal_token LIMIT 1`;

const PROJECT = [
  "INSERT INTO space (workspace_id, id, kind, created_at) SELECT workspace_id, space_id, 'project', now() FROM cast_of",
  "INSERT INTO space_member (workspace_id, space_id, agent_id, role) SELECT workspace_id, space_id, mine_id, 'owner' FROM cast_of",
  "INSERT INTO project (workspace_id, id, space_id, key, name, workflow, last_number, created_at) SELECT workspace_id, project_id, space_id, 'OPS', 'Operations', $1::jsonb, $2::int, now() FROM cast_of",
  "INSERT INTO label (workspace_id, id, project_id, name, key, colour, created_at) SELECT workspace_id, label_id, project_id, 'rare', 'rare', 'blue', now() FROM cast_of",
];

// A task each minute, the newest now. Open ones are spread over all; titles are of a few words and a number.
const PLANNED = `
  CREATE TEMP TABLE planned AS
  SELECT n, uuidv7(at - clock_timestamp()) AS id, at, n % ($1::int / ${OPEN}) = 0 AS is_open, n / ($1::int / ${OPEN}) AS nth
  FROM generate_series(1, $1::int) AS n, LATERAL (SELECT now() - ($1::int - n) * interval '1 minute' AS at) AS when_made`;

const CONVERSATIONS = `
  INSERT INTO conversation (workspace_id, id, space_id, kind, staff_seq, staff_activity_at, customer_activity_at, created_at)
  SELECT workspace_id, id, space_id, 'task', 1, at, at, at FROM planned, cast_of ORDER BY n`;

const TASKS = `
  INSERT INTO task (workspace_id, conversation_id, project_id, number, title, state_id, state_group, state_at, priority, due_at,
    due_kind, due_zone, rank, created_by_id, created_at, completed_at)
  SELECT workspace_id, id, project_id, n, 'The lamp of order ' || n || ' flickers',
    CASE WHEN NOT is_open THEN 'done' WHEN nth % 2 = 0 THEN 'todo' ELSE 'doing' END,
    (CASE WHEN NOT is_open THEN 'completed' WHEN nth % 2 = 0 THEN 'unstarted' ELSE 'started' END)::state_group, at,
    (CASE WHEN nth % ${URGENT} = 0 THEN 'urgent' ELSE 'normal' END)::task_priority,
    CASE WHEN nth % ${SOON} = 0 THEN now() + interval '3 days' ELSE at + interval '5 years' END, 'instant', 'UTC',
    to_char(n, 'FM000000000000'), mine_id, at, CASE WHEN NOT is_open THEN at END
  FROM planned, cast_of ORDER BY n`;

const PARTS = [
  `INSERT INTO task_assignee (workspace_id, task_id, agent_id, created_at)
   SELECT workspace_id, id, mine_id, at FROM planned, cast_of WHERE is_open AND nth % ${MINE} = 0`,
  `INSERT INTO task_label (workspace_id, task_id, label_id)
   SELECT workspace_id, id, label_id FROM planned, cast_of WHERE is_open AND nth % ${LABELLED} = 0`,
];

/** Makes so many tasks of one project by SQL, through every key and check of the schema; then lets PostgreSQL learn what it has. */
export async function fillTasks(
  databaseUrl: string,
  { tasks, workflow }: { tasks: number; workflow: object },
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(CAST);
    for (const [place, statement] of PROJECT.entries())
      await client.query(statement, place === 2 ? [JSON.stringify(workflow), tasks] : []);
    await client.query(PLANNED, [tasks]);
    for (const statement of [CONVERSATIONS, TASKS, ...PARTS]) await client.query(statement);
    await client.query(
      "VACUUM (ANALYZE) space, space_member, project, label, conversation, task, task_assignee, task_label",
    );
  } finally {
    await client.end();
  }
}
