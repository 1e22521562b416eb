-- What is open, in the order of the boards: beside all that is done it is little, and a walk by rank alone would pass all of that.
CREATE INDEX "task_open_by_rank" ON "task"("workspace_id", "project_id", "rank", "conversation_id")
    WHERE "state_group" NOT IN ('completed', 'cancelled');
