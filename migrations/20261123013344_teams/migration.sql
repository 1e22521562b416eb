-- AlterEnum
ALTER TYPE "mention_kind" ADD VALUE 'team';

-- AlterTable
ALTER TABLE "space_member" ADD COLUMN     "is_own" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "team" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "team_member" (
    "workspace_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "is_lead" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_member_pkey" PRIMARY KEY ("workspace_id","team_id","agent_id")
);

-- CreateTable
CREATE TABLE "space_team" (
    "workspace_id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "role" "space_role" NOT NULL DEFAULT 'member',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "space_team_pkey" PRIMARY KEY ("workspace_id","space_id","team_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "team_workspace_id_handle_key" ON "team"("workspace_id", "handle");

-- CreateIndex
CREATE INDEX "team_member_workspace_id_agent_id_idx" ON "team_member"("workspace_id", "agent_id");

-- CreateIndex
CREATE INDEX "space_team_workspace_id_team_id_idx" ON "space_team"("workspace_id", "team_id");

-- AddForeignKey
ALTER TABLE "team" ADD CONSTRAINT "team_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_workspace_id_team_id_fkey" FOREIGN KEY ("workspace_id", "team_id") REFERENCES "team"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agent"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "space_team" ADD CONSTRAINT "space_team_workspace_id_space_id_fkey" FOREIGN KEY ("workspace_id", "space_id") REFERENCES "space"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "space_team" ADD CONSTRAINT "space_team_workspace_id_team_id_fkey" FOREIGN KEY ("workspace_id", "team_id") REFERENCES "team"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
