-- The first workspace: an inbox, the sites that may embed its widget, and the staff who may sign in. Change the values,
-- then run it once, as the login of DATABASE_URL, after the migrations. Where a workspace exists it does nothing.

WITH made_workspace AS (
  INSERT INTO workspace (id, name, locale, zone)
  SELECT gen_random_uuid(), 'Lumen', 'en', 'Europe/Riga' WHERE NOT EXISTS (SELECT FROM workspace)
  RETURNING id
), made_space AS (
  INSERT INTO space (workspace_id, id, kind)
  SELECT id, gen_random_uuid(), 'inbox' FROM made_workspace
  RETURNING workspace_id, id
), made_inbox AS (
  INSERT INTO inbox (workspace_id, id, space_id, name, public_key, allowed_origins)
  SELECT workspace_id, gen_random_uuid(), id, 'Lumen', 'pk_lumen', ARRAY['http://127.0.0.1:8081'] FROM made_space
), made_staff AS (
  -- Addresses in lower case: a first sign-in is matched by the address that the identity provider has verified.
  INSERT INTO agent (workspace_id, id, name, email, handle, role)
  SELECT made_workspace.id, gen_random_uuid(), person.name, person.email, person.handle, person.role::agent_role
  FROM made_workspace, (VALUES
    ('Ann Kowalska', 'ann@lumen.example', 'ann', 'owner'),
    ('Ben Okafor', 'ben@lumen.example', 'ben', 'agent')
  ) AS person (name, email, handle, role)
  RETURNING workspace_id, id
)
INSERT INTO space_member (workspace_id, space_id, agent_id)
SELECT made_space.workspace_id, made_space.id, made_staff.id FROM made_space, made_staff;
