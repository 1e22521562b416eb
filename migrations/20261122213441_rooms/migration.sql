-- CreateEnum
CREATE TYPE "space_role" AS ENUM ('owner', 'member', 'viewer');

-- AlterTable
ALTER TABLE "space_member" ADD COLUMN     "role" "space_role" NOT NULL DEFAULT 'member';

-- CreateTable
CREATE TABLE "room" (
    "workspace_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "name" TEXT,
    "topic" TEXT NOT NULL DEFAULT '',
    "purpose" TEXT NOT NULL DEFAULT '',
    "key" TEXT,

    CONSTRAINT "room_pkey" PRIMARY KEY ("workspace_id","conversation_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "room_workspace_id_key_key" ON "room"("workspace_id", "key");

-- AddForeignKey
ALTER TABLE "room" ADD CONSTRAINT "room_workspace_id_conversation_id_fkey" FOREIGN KEY ("workspace_id", "conversation_id") REFERENCES "conversation"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
