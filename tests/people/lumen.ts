import { openDatabase, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { testDatabase } from "../support/database.ts";

/** The lamp shop Lumen with two agents and one inbox, alone in a fresh database. */
export type Lumen = {
  workspaceId: string;
  inboxId: string;
  /** Owner, English. */
  hannah: { agentId: string; email: string };
  /** Agent, Russian. */
  irina: { agentId: string; email: string };
};

/** Opens a fresh database with Lumen in it as the process's own. */
export async function openLumen(): Promise<Lumen> {
  const { url } = await testDatabase();
  openDatabase({ url, connections: 6 });
  const [workspaceId, inboxId, spaceId] = [newId(), newId(), newId()];
  const hannah = { agentId: newId(), email: "hannah.berg@lumen.example" };
  const irina = { agentId: newId(), email: "irina.smirnova@lumen.example" };
  await sql`INSERT INTO workspace (id, name, locale, zone) VALUES (${workspaceId}, 'Lumen', 'en', 'Europe/Berlin')`;
  await sql`INSERT INTO space (workspace_id, id, kind) VALUES (${workspaceId}, ${spaceId}, 'inbox')`;
  await sql`
    INSERT INTO inbox (workspace_id, id, space_id, name, public_key, allowed_origins)
    VALUES (${workspaceId}, ${inboxId}, ${spaceId}, 'Shop', ${`pk_${inboxId}`}, ${["http://127.0.0.1:8081"]})`;
  await sql`
    INSERT INTO agent (workspace_id, id, name, email, handle, role)
    VALUES (${workspaceId}, ${hannah.agentId}, 'Hannah Berg', ${hannah.email}, 'hannah', 'owner')`;
  await sql`
    INSERT INTO agent (workspace_id, id, name, email, handle, role, locale, zone)
    VALUES (${workspaceId}, ${irina.agentId}, 'Ирина Смирнова', ${irina.email}, 'irina', 'agent', 'ru', 'Europe/Moscow')`;
  return { workspaceId, inboxId, hannah, irina };
}
