-- CreateEnum
CREATE TYPE "saved_view_shape" AS ENUM ('board', 'list', 'mine');

-- CreateTable
CREATE TABLE "saved_view" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "project_id" UUID,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shape" "saved_view_shape" NOT NULL,
    "is_shared" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "saved_view_workspace_id_owner_id_idx" ON "saved_view"("workspace_id", "owner_id");

-- CreateIndex
CREATE INDEX "saved_view_workspace_id_project_id_idx" ON "saved_view"("workspace_id", "project_id");

-- CreateIndex
CREATE INDEX "task_by_age" ON "task"("workspace_id", "project_id", "conversation_id");

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_workspace_id_owner_id_fkey" FOREIGN KEY ("workspace_id", "owner_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a Prisma schema cannot say.

ALTER TABLE "saved_view"
    ADD CONSTRAINT "saved_view_name_fits" CHECK (char_length("name") BETWEEN 1 AND 80),
    ADD CONSTRAINT "saved_view_query_fits" CHECK (char_length("query") <= 1000),
    ADD CONSTRAINT "saved_view_board_has_project" CHECK ("shape" <> 'board' OR "project_id" IS NOT NULL),
    ADD CONSTRAINT "saved_view_is_shared_in_project" CHECK (NOT "is_shared" OR "project_id" IS NOT NULL);

-- What is not done is little beside what is, and is what is mostly asked for.
CREATE INDEX "task_open" ON "task"("workspace_id", "project_id", "conversation_id")
    WHERE "state_group" NOT IN ('completed', 'cancelled');

CREATE INDEX "task_by_due" ON "task"("workspace_id", "project_id", "due_at")
    WHERE "due_at" IS NOT NULL;
