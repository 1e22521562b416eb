-- AlterTable
ALTER TABLE "space" ADD COLUMN     "merged_into_id" UUID;

-- CreateIndex
CREATE INDEX "space_workspace_id_merged_into_id_idx" ON "space"("workspace_id", "merged_into_id");

-- AddForeignKey
ALTER TABLE "space" ADD CONSTRAINT "space_workspace_id_merged_into_id_fkey" FOREIGN KEY ("workspace_id", "merged_into_id") REFERENCES "space"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
