-- DropIndex
DROP INDEX "message_workspace_id_conversation_id_staff_seq_key";

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "is_broadcast" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "thread_id" UUID;

-- CreateTable
CREATE TABLE "thread" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "reply_count" INTEGER NOT NULL,
    "last_reply_at" TIMESTAMPTZ(3) NOT NULL,
    "last_reply_seq" INTEGER NOT NULL,

    CONSTRAINT "thread_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "thread_follower" (
    "workspace_id" UUID NOT NULL,
    "thread_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "is_following" BOOLEAN NOT NULL,
    "first_reply_seq" INTEGER,

    CONSTRAINT "thread_follower_pkey" PRIMARY KEY ("workspace_id","thread_id","agent_id")
);

-- CreateIndex
CREATE INDEX "thread_follower_workspace_id_agent_id_conversation_id_idx" ON "thread_follower"("workspace_id", "agent_id", "conversation_id");

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_workspace_id_thread_id_fkey" FOREIGN KEY ("workspace_id", "thread_id") REFERENCES "message"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;

-- AddForeignKey
ALTER TABLE "thread" ADD CONSTRAINT "thread_workspace_id_id_fkey" FOREIGN KEY ("workspace_id", "id") REFERENCES "message"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thread" ADD CONSTRAINT "thread_workspace_id_conversation_id_fkey" FOREIGN KEY ("workspace_id", "conversation_id") REFERENCES "conversation"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thread_follower" ADD CONSTRAINT "thread_follower_workspace_id_thread_id_fkey" FOREIGN KEY ("workspace_id", "thread_id") REFERENCES "thread"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thread_follower" ADD CONSTRAINT "thread_follower_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a Prisma schema cannot say. A message stands in the index of each line that it is in: a page of either is one range of
-- it, and a message that is no reply costs no more than before.
CREATE UNIQUE INDEX "message_main_line" ON "message"("workspace_id", "conversation_id", "staff_seq")
    WHERE "thread_id" IS NULL OR "is_broadcast";
CREATE UNIQUE INDEX "message_thread_line" ON "message"("workspace_id", "thread_id", "staff_seq") WHERE "thread_id" IS NOT NULL;

-- A reply is inserted before it is known whether there is something to reply to: then it is refused, and undone.
ALTER TABLE "message"
    ADD CONSTRAINT "message_broadcast_is_reply" CHECK ("thread_id" IS NOT NULL OR NOT "is_broadcast"),
    ADD CONSTRAINT "message_replies_to_another" CHECK ("thread_id" <> "id");
