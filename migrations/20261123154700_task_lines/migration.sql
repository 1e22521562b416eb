-- What a Prisma schema cannot say. The lines of a task's history stand among its messages, and are read from the log by the
-- conversation's numbers, as those of "event_line" are.
CREATE INDEX "event_task_line" ON "event"("workspace_id", "conversation_id", "staff_seq")
    WHERE "type" IN ('task.created', 'task.moved', 'task.changed', 'task.assigned', 'task.linked');
