-- DropIndex
DROP INDEX "ticket_workspace_id_inbox_id_idx";

-- DropIndex
DROP INDEX "ticket_workspace_id_status_idx";

-- AlterTable
ALTER TABLE "ticket" ADD COLUMN     "assignee_id" UUID,
ADD COLUMN     "staff_activity_at" TIMESTAMPTZ(3);

-- What the projection would have kept.
UPDATE "ticket" SET "staff_activity_at" = "conversation"."staff_activity_at"
FROM "conversation"
WHERE "conversation"."workspace_id" = "ticket"."workspace_id" AND "conversation"."id" = "ticket"."conversation_id";

ALTER TABLE "ticket" ALTER COLUMN "staff_activity_at" SET NOT NULL;

-- CreateIndex
CREATE INDEX "ticket_by_status" ON "ticket"("workspace_id", "inbox_id", "status", "staff_activity_at" DESC, "conversation_id" DESC);

-- CreateIndex
CREATE INDEX "ticket_by_assignee" ON "ticket"("workspace_id", "inbox_id", "assignee_id", "status", "staff_activity_at" DESC, "conversation_id" DESC);

-- AddForeignKey
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_workspace_id_assignee_id_fkey" FOREIGN KEY ("workspace_id", "assignee_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
