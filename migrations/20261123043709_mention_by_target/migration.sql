-- DropIndex
DROP INDEX "mention_workspace_id_conversation_id_staff_seq_idx";

-- CreateIndex
CREATE INDEX "mention_workspace_id_conversation_id_target_id_staff_seq_idx" ON "mention"("workspace_id", "conversation_id", "target_id", "staff_seq");
