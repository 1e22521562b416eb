-- CreateTable
CREATE TABLE "command_run" (
    "workspace_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "place" SMALLINT NOT NULL,
    "agent_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "refusal" TEXT,
    "said" TEXT,
    "ran_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "command_run_pkey" PRIMARY KEY ("workspace_id","source_id","place")
);

-- AddForeignKey
ALTER TABLE "command_run" ADD CONSTRAINT "command_run_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Where it is neither an agent nor a contact the author is the bot, which customers never meet.
ALTER TABLE "message" DROP CONSTRAINT "message_has_one_author",
  ADD CONSTRAINT "message_has_one_author" CHECK (num_nonnulls("agent_id", "contact_id") <= 1),
  ADD CONSTRAINT "message_of_bot_is_staffs" CHECK ("agent_id" IS NOT NULL OR "contact_id" IS NOT NULL OR "visibility" = 'staff');

-- What was written before there were commands is text: who obeys them begins to hear at the end of the log.
INSERT INTO "listener" ("name", "position") SELECT 'obey-commands', "position" FROM "log_head";
