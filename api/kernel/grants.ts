import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { DatabaseProblem } from "./database-problem.ts";

/** The application's role: reads and writes rows, owns nothing, cannot log in. */
const role = "beseda_app";
/** Two migrators of one cluster met: the role was just made, or its row just changed. */
const collisions = new Set(["42710", "23505", "XX000"]);

/**
 * Makes the application's role where it is missing (roles belong to the cluster, not to the database), lets the login
 * of this connection become it, and grants it the rows of both schemas. Refuses with a DatabaseProblem when the login
 * may not do that, naming what an administrator has to run.
 */
export async function grantToApplication(client: pg.Client): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await makeRole(client);
      await client.query("BEGIN");
      await client.query(grants);
      await client.query("COMMIT");
      return;
    } catch (error) {
      await client.query("ROLLBACK");
      const { code = "" } = error as { code?: string };
      if (code === "42501") throw await forbidden(client);
      if (!collisions.has(code) || attempt === 20) throw error;
      await pause(50 * Math.random());
    }
  }
}

async function makeRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
  if (rows.length === 0) await client.query(`CREATE ROLE ${role} NOLOGIN`);
  const { rows: may } = await client.query("SELECT pg_has_role(current_user, $1, 'SET') AS yes", [role]);
  if (!may[0].yes) await client.query(`GRANT ${role} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE`);
}

/**
 * graphile-worker closes its tables by row-level security to all but their owner, hence the policies. The histories of
 * migrations stay for the owner to write. The sequencer vacuums the outbox.
 */
const grants = `
  GRANT USAGE ON SCHEMA public, graphile_worker TO ${role};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, graphile_worker TO ${role};
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public, graphile_worker TO ${role};
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public, graphile_worker TO ${role};
  REVOKE INSERT, UPDATE, DELETE ON public._prisma_migrations, graphile_worker.migrations FROM ${role};
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role};
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ${role};
  DO $do$
  DECLARE closed regclass;
  BEGIN
    IF to_regclass('public.outbox') IS NOT NULL THEN GRANT MAINTAIN ON public.outbox TO ${role}; END IF;
    FOR closed IN
      SELECT c.oid FROM pg_class c
      WHERE c.relnamespace = 'graphile_worker'::regnamespace AND c.relrowsecurity
        AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = '${role}')
    LOOP
      EXECUTE format('CREATE POLICY ${role} ON %s TO ${role} USING (true) WITH CHECK (true)', closed);
    END LOOP;
  END $do$;
`;

async function forbidden(client: pg.Client): Promise<DatabaseProblem> {
  const { rows } = await client.query("SELECT quote_ident(current_user) AS login");
  const commands = `CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO ${rows[0].login};`;
  return new DatabaseProblem(
    `DATABASE_URL: the login ${rows[0].login} must own the database and may not make the role ${role}: as an administrator run ${commands}`,
  );
}
