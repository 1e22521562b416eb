-- AlterTable
ALTER TABLE "task" ADD COLUMN     "source_conversation_id" UUID;

-- CreateIndex
CREATE INDEX "task_by_source" ON "task"("workspace_id", "source_conversation_id", "conversation_id");

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_workspace_id_source_conversation_id_fkey" FOREIGN KEY ("workspace_id", "source_conversation_id") REFERENCES "conversation"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Of tasks that are there already: where the messages stand that they were made from.
UPDATE "task" SET "source_conversation_id" = "message"."conversation_id"
FROM "message"
WHERE "message"."workspace_id" = "task"."workspace_id" AND "message"."id" = "task"."source_message_id";
