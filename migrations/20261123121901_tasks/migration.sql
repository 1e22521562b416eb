-- CreateEnum
CREATE TYPE "task_type" AS ENUM ('task', 'bug', 'epic');

-- CreateEnum
CREATE TYPE "state_group" AS ENUM ('triage', 'backlog', 'unstarted', 'started', 'completed', 'cancelled');

-- CreateEnum
CREATE TYPE "task_priority" AS ENUM ('none', 'low', 'normal', 'high', 'urgent');

-- CreateEnum
CREATE TYPE "task_severity" AS ENUM ('minor', 'major', 'critical', 'blocker');

-- CreateEnum
CREATE TYPE "due_kind" AS ENUM ('date', 'instant');

-- CreateEnum
CREATE TYPE "task_link_kind" AS ENUM ('blocks', 'relates', 'duplicates');

-- AlterEnum
ALTER TYPE "conversation_kind" ADD VALUE 'task';

-- AlterEnum
ALTER TYPE "space_kind" ADD VALUE 'project';

-- CreateTable
CREATE TABLE "project" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "workflow" JSONB NOT NULL,
    "workflow_version" INTEGER NOT NULL DEFAULT 1,
    "last_number" INTEGER NOT NULL DEFAULT 0,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "project_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "task" (
    "workspace_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "type" "task_type" NOT NULL DEFAULT 'task',
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "state_id" TEXT NOT NULL,
    "state_group" "state_group" NOT NULL,
    "state_at" TIMESTAMPTZ(3) NOT NULL,
    "priority" "task_priority" NOT NULL DEFAULT 'none',
    "severity" "task_severity",
    "due_at" TIMESTAMPTZ(3),
    "due_kind" "due_kind",
    "due_zone" TEXT,
    "estimate_minutes" INTEGER,
    "parent_id" UUID,
    "rank" TEXT COLLATE "C" NOT NULL,
    "created_by_id" UUID NOT NULL,
    "source_message_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_pkey" PRIMARY KEY ("workspace_id","conversation_id")
);

-- CreateTable
CREATE TABLE "task_assignee" (
    "workspace_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_assignee_pkey" PRIMARY KEY ("workspace_id","task_id","agent_id")
);

-- CreateTable
CREATE TABLE "task_watcher" (
    "workspace_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_watcher_pkey" PRIMARY KEY ("workspace_id","task_id","agent_id")
);

-- CreateTable
CREATE TABLE "label" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "colour" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "label_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "task_label" (
    "workspace_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "label_id" UUID NOT NULL,

    CONSTRAINT "task_label_pkey" PRIMARY KEY ("workspace_id","task_id","label_id")
);

-- CreateTable
CREATE TABLE "checklist_item" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "is_done" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL,

    CONSTRAINT "checklist_item_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "task_link" (
    "workspace_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "kind" "task_link_kind" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_link_pkey" PRIMARY KEY ("workspace_id","from_id","to_id","kind")
);

-- CreateIndex
CREATE UNIQUE INDEX "project_workspace_id_key_key" ON "project"("workspace_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "project_workspace_id_space_id_key" ON "project"("workspace_id", "space_id");

-- CreateIndex
CREATE INDEX "task_by_state" ON "task"("workspace_id", "project_id", "state_id", "rank", "conversation_id");

-- CreateIndex
CREATE INDEX "task_by_rank" ON "task"("workspace_id", "project_id", "rank", "conversation_id");

-- CreateIndex
CREATE INDEX "task_workspace_id_parent_id_idx" ON "task"("workspace_id", "parent_id");

-- CreateIndex
CREATE INDEX "task_workspace_id_source_message_id_idx" ON "task"("workspace_id", "source_message_id");

-- CreateIndex
CREATE UNIQUE INDEX "task_workspace_id_project_id_number_key" ON "task"("workspace_id", "project_id", "number");

-- CreateIndex
CREATE INDEX "task_assignee_workspace_id_agent_id_task_id_idx" ON "task_assignee"("workspace_id", "agent_id", "task_id");

-- CreateIndex
CREATE INDEX "task_watcher_workspace_id_agent_id_task_id_idx" ON "task_watcher"("workspace_id", "agent_id", "task_id");

-- CreateIndex
CREATE UNIQUE INDEX "label_workspace_id_project_id_key_key" ON "label"("workspace_id", "project_id", "key");

-- CreateIndex
CREATE INDEX "task_label_workspace_id_label_id_idx" ON "task_label"("workspace_id", "label_id");

-- CreateIndex
CREATE INDEX "checklist_item_workspace_id_task_id_position_idx" ON "checklist_item"("workspace_id", "task_id", "position");

-- CreateIndex
CREATE INDEX "task_link_workspace_id_to_id_kind_idx" ON "task_link"("workspace_id", "to_id", "kind");

-- AddForeignKey
ALTER TABLE "project" ADD CONSTRAINT "project_workspace_id_space_id_fkey" FOREIGN KEY ("workspace_id", "space_id") REFERENCES "space"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_workspace_id_conversation_id_fkey" FOREIGN KEY ("workspace_id", "conversation_id") REFERENCES "conversation"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_workspace_id_created_by_id_fkey" FOREIGN KEY ("workspace_id", "created_by_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_workspace_id_parent_id_fkey" FOREIGN KEY ("workspace_id", "parent_id") REFERENCES "task"("workspace_id", "conversation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_workspace_id_source_message_id_fkey" FOREIGN KEY ("workspace_id", "source_message_id") REFERENCES "message"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_assignee" ADD CONSTRAINT "task_assignee_workspace_id_task_id_fkey" FOREIGN KEY ("workspace_id", "task_id") REFERENCES "task"("workspace_id", "conversation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_assignee" ADD CONSTRAINT "task_assignee_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_watcher" ADD CONSTRAINT "task_watcher_workspace_id_task_id_fkey" FOREIGN KEY ("workspace_id", "task_id") REFERENCES "task"("workspace_id", "conversation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_watcher" ADD CONSTRAINT "task_watcher_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label" ADD CONSTRAINT "label_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_label" ADD CONSTRAINT "task_label_workspace_id_task_id_fkey" FOREIGN KEY ("workspace_id", "task_id") REFERENCES "task"("workspace_id", "conversation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_label" ADD CONSTRAINT "task_label_workspace_id_label_id_fkey" FOREIGN KEY ("workspace_id", "label_id") REFERENCES "label"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checklist_item" ADD CONSTRAINT "checklist_item_workspace_id_task_id_fkey" FOREIGN KEY ("workspace_id", "task_id") REFERENCES "task"("workspace_id", "conversation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_link" ADD CONSTRAINT "task_link_workspace_id_from_id_fkey" FOREIGN KEY ("workspace_id", "from_id") REFERENCES "task"("workspace_id", "conversation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_link" ADD CONSTRAINT "task_link_workspace_id_to_id_fkey" FOREIGN KEY ("workspace_id", "to_id") REFERENCES "task"("workspace_id", "conversation_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a Prisma schema cannot say. Ranks are compared byte by byte, as the code compares them: in any other order a task would
-- stand elsewhere than it was put.

-- A customer takes part in support conversations alone: what is said of a task can never be one's.
ALTER TABLE "conversation"
    ADD CONSTRAINT "conversation_contact_has_support" CHECK ("kind" = 'support' OR "contact_id" IS NULL);

ALTER TABLE "project"
    ADD CONSTRAINT "project_key_fits" CHECK ("key" ~ '^[A-Z][A-Z0-9]{1,9}$'),
    ADD CONSTRAINT "project_name_fits" CHECK (char_length("name") BETWEEN 1 AND 80);

ALTER TABLE "task"
    ADD CONSTRAINT "task_title_fits" CHECK (char_length("title") BETWEEN 1 AND 200),
    ADD CONSTRAINT "task_description_fits" CHECK (char_length("description") <= 10000),
    ADD CONSTRAINT "task_severity_is_a_bugs" CHECK ("severity" IS NULL OR "type" = 'bug'),
    ADD CONSTRAINT "task_due_is_whole" CHECK (num_nonnulls("due_at", "due_kind", "due_zone") IN (0, 3)),
    ADD CONSTRAINT "task_is_not_its_own_parent" CHECK ("parent_id" <> "conversation_id");

ALTER TABLE "task_link"
    ADD CONSTRAINT "task_link_joins_two" CHECK ("from_id" <> "to_id"),
    ADD CONSTRAINT "task_link_relates_once" CHECK ("kind" <> 'relates' OR "from_id" < "to_id");

-- The history of a task is read from the log by its conversation's numbers; messages, of which there are many, are not in this index.
CREATE INDEX "event_of_task" ON "event"("workspace_id", "conversation_id", "staff_seq")
    WHERE "type" IN ('task.created', 'task.moved', 'task.changed', 'task.assigned', 'task.linked', 'task.ranked');
