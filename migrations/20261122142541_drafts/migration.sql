-- CreateTable
CREATE TABLE "draft" (
    "workspace_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "visibility" "message_visibility" NOT NULL,
    "body" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("workspace_id","conversation_id","agent_id")
);

-- CreateIndex
CREATE INDEX "draft_workspace_id_agent_id_idx" ON "draft"("workspace_id", "agent_id");

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_workspace_id_conversation_id_fkey" FOREIGN KEY ("workspace_id", "conversation_id") REFERENCES "conversation"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
