-- CreateEnum
CREATE TYPE "availability" AS ENUM ('available', 'away', 'do_not_disturb');

-- CreateTable
CREATE TABLE "agent_status" (
    "workspace_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "availability" "availability" NOT NULL DEFAULT 'available',
    "text" TEXT NOT NULL DEFAULT '',
    "emoji" TEXT,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "agent_status_pkey" PRIMARY KEY ("workspace_id","agent_id")
);

-- AddForeignKey
ALTER TABLE "agent_status" ADD CONSTRAINT "agent_status_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
