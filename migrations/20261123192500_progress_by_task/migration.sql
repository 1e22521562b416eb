-- DropIndex
DROP INDEX "task_progress_workspace_id_conversation_id_id_idx";

-- CreateIndex
CREATE INDEX "task_progress_workspace_id_conversation_id_task_id_idx" ON "task_progress"("workspace_id", "conversation_id", "task_id");
