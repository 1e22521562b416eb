-- AlterTable
ALTER TABLE "thread_follower" ADD COLUMN     "settled_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "thread_follower_by_reply" ON "thread_follower"("workspace_id", "agent_id", "settled_at" DESC, "thread_id" DESC);

-- What has been read until now is so; the rest may be unread.
UPDATE "thread_follower" SET "settled_at" = "last_reply_at"
FROM "thread"
WHERE "thread"."workspace_id" = "thread_follower"."workspace_id" AND "thread"."id" = "thread_id" AND "seq" >= "last_reply_seq";
