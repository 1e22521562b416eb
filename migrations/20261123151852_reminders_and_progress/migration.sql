-- CreateEnum
CREATE TYPE "reminder_kind" AS ENUM ('asked', 'due_soon', 'overdue');

-- CreateEnum
CREATE TYPE "progress_step" AS ENUM ('received', 'in_progress', 'done', 'closed');

-- AlterTable
ALTER TABLE "event" ADD COLUMN     "to_agent_id" UUID;

-- AlterTable
ALTER TABLE "outbox" ADD COLUMN     "to_agent_id" UUID;

-- CreateTable
CREATE TABLE "reminder" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "created_by_id" UUID,
    "conversation_id" UUID NOT NULL,
    "message_id" UUID,
    "kind" "reminder_kind" NOT NULL DEFAULT 'asked',
    "text" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "due_notice" (
    "workspace_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "kind" "reminder_kind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "due_notice_pkey" PRIMARY KEY ("workspace_id","task_id","kind")
);

-- CreateTable
CREATE TABLE "task_progress" (
    "workspace_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "step" "progress_step" NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_progress_pkey" PRIMARY KEY ("workspace_id","task_id")
);

-- CreateIndex
CREATE INDEX "reminder_by_time" ON "reminder"("told_at", "at");

-- CreateIndex
CREATE INDEX "reminder_by_agent" ON "reminder"("workspace_id", "agent_id", "at", "id");

-- CreateIndex
CREATE INDEX "reminder_workspace_id_conversation_id_idx" ON "reminder"("workspace_id", "conversation_id");

-- CreateIndex
CREATE INDEX "due_notice_at_idx" ON "due_notice"("at");

-- CreateIndex
CREATE INDEX "task_progress_workspace_id_conversation_id_id_idx" ON "task_progress"("workspace_id", "conversation_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "task_progress_workspace_id_id_key" ON "task_progress"("workspace_id", "id");

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_workspace_id_created_by_id_fkey" FOREIGN KEY ("workspace_id", "created_by_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_workspace_id_conversation_id_fkey" FOREIGN KEY ("workspace_id", "conversation_id") REFERENCES "conversation"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_workspace_id_message_id_fkey" FOREIGN KEY ("workspace_id", "message_id") REFERENCES "message"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "due_notice" ADD CONSTRAINT "due_notice_workspace_id_task_id_fkey" FOREIGN KEY ("workspace_id", "task_id") REFERENCES "task"("workspace_id", "conversation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_progress" ADD CONSTRAINT "task_progress_workspace_id_task_id_fkey" FOREIGN KEY ("workspace_id", "task_id") REFERENCES "task"("workspace_id", "conversation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_progress" ADD CONSTRAINT "task_progress_workspace_id_conversation_id_fkey" FOREIGN KEY ("workspace_id", "conversation_id") REFERENCES "conversation"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Of tasks that are there already: what of their dates lies ahead is told.
INSERT INTO "due_notice" ("workspace_id", "task_id", "kind", "at")
SELECT "workspace_id", "conversation_id", notice."kind", notice."at"
FROM "task", LATERAL (VALUES
  ('due_soon'::"reminder_kind", "due_at" - CASE WHEN "due_kind" = 'date' THEN interval '24 hours' ELSE interval '1 hour' END),
  ('overdue'::"reminder_kind", "due_at")) AS notice ("kind", "at")
WHERE "due_at" IS NOT NULL AND "state_group" NOT IN ('completed', 'cancelled') AND notice."at" > now();

-- And customers see how those that were made from what they see go on. Who tells them begins to hear at the end of the log.
INSERT INTO "task_progress" ("workspace_id", "task_id", "id", "conversation_id", "step", "changed_at")
SELECT "task"."workspace_id", "task"."conversation_id", gen_random_uuid(), "message"."conversation_id",
       CASE "state_group" WHEN 'started' THEN 'in_progress' WHEN 'completed' THEN 'done' WHEN 'cancelled' THEN 'closed'
         ELSE 'received' END::"progress_step", "state_at"
FROM "task"
JOIN "message" ON "message"."workspace_id" = "task"."workspace_id" AND "message"."id" = "source_message_id"
JOIN "conversation" ON "conversation"."workspace_id" = "message"."workspace_id" AND "conversation"."id" = "message"."conversation_id"
WHERE "conversation"."kind" = 'support' AND "message"."visibility" = 'everyone';
INSERT INTO "listener" ("name", "position") SELECT 'tell-progress', "position" FROM "log_head";
