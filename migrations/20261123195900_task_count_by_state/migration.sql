-- CreateIndex
CREATE INDEX "task_count_by_state" ON "task"("workspace_id", "project_id", "state_id");
