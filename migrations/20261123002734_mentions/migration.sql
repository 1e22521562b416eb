-- CreateEnum
CREATE TYPE "mention_kind" AS ENUM ('agent', 'everyone');

-- AlterTable
ALTER TABLE "agent" ADD COLUMN     "handle" TEXT;

-- Whoever is here already is called as their address begins; the later ones of the same beginning by a part of their id, too.
UPDATE "agent" SET "handle" = named.base || CASE WHEN named.nth = 1 THEN '' ELSE '-' || right("agent"."id"::text, 6) END
FROM (
    SELECT workspace_id, id, base, row_number() OVER (PARTITION BY workspace_id, base ORDER BY created_at, id) AS nth
    FROM "agent", LATERAL (
        SELECT coalesce(nullif(trim(BOTH '._-' FROM left(regexp_replace(regexp_replace(split_part(email, '@', 1), '[^a-z0-9._-]', '', 'g'), '([._-])[._-]+', '\1', 'g'), 24)), ''), 'agent') AS base
    ) AS "begins"
) AS named
WHERE named.workspace_id = "agent".workspace_id AND named.id = "agent".id;

ALTER TABLE "agent" ALTER COLUMN "handle" SET NOT NULL;

-- CreateTable
CREATE TABLE "mention" (
    "workspace_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "target_id" UUID NOT NULL,
    "kind" "mention_kind" NOT NULL,
    "handle" TEXT NOT NULL,
    "conversation_id" UUID NOT NULL,
    "staff_seq" INTEGER NOT NULL,

    CONSTRAINT "mention_pkey" PRIMARY KEY ("workspace_id","message_id","target_id")
);

-- CreateIndex
CREATE INDEX "mention_workspace_id_target_id_message_id_idx" ON "mention"("workspace_id", "target_id", "message_id");

-- CreateIndex
CREATE INDEX "mention_workspace_id_conversation_id_staff_seq_idx" ON "mention"("workspace_id", "conversation_id", "staff_seq");

-- CreateIndex
CREATE UNIQUE INDEX "agent_workspace_id_handle_key" ON "agent"("workspace_id", "handle");

-- AddForeignKey
ALTER TABLE "mention" ADD CONSTRAINT "mention_workspace_id_message_id_fkey" FOREIGN KEY ("workspace_id", "message_id") REFERENCES "message"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
