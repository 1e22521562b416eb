-- Of a task of which two things are still to be told the first is kept: the second follows from it.
DELETE FROM "due_notice" AS later USING "due_notice" AS first
WHERE later."kind" = 'overdue' AND first."kind" = 'due_soon'
    AND first."workspace_id" = later."workspace_id" AND first."task_id" = later."task_id";

-- AlterTable
ALTER TABLE "due_notice" DROP CONSTRAINT "due_notice_pkey",
DROP COLUMN "kind",
ADD CONSTRAINT "due_notice_pkey" PRIMARY KEY ("workspace_id", "task_id");
