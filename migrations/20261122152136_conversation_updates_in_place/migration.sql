-- DropIndex
DROP INDEX "conversation_workspace_id_contact_id_customer_activity_at_i_idx";

-- DropIndex
DROP INDEX "conversation_workspace_id_space_id_staff_activity_at_id_idx";

-- CreateIndex
CREATE INDEX "conversation_workspace_id_space_id_idx" ON "conversation"("workspace_id", "space_id");

-- CreateIndex
CREATE INDEX "conversation_workspace_id_contact_id_idx" ON "conversation"("workspace_id", "contact_id");

-- What a Prisma schema cannot say. A new version of a row has room beside the old one.
ALTER TABLE "conversation" SET (fillfactor = 90);
