-- CreateEnum
CREATE TYPE "theme" AS ENUM ('system', 'light', 'dark');

-- CreateEnum
CREATE TYPE "density" AS ENUM ('comfortable', 'compact');

-- CreateEnum
CREATE TYPE "pre_chat" AS ENUM ('none', 'email', 'name_and_email');

-- AlterTable
ALTER TABLE "agent" ADD COLUMN     "density" "density" NOT NULL DEFAULT 'comfortable',
ADD COLUMN     "invited_at" TIMESTAMPTZ(3),
ADD COLUMN     "theme" "theme" NOT NULL DEFAULT 'system';

-- AlterTable
ALTER TABLE "inbox" ADD COLUMN     "accent_color" TEXT,
ADD COLUMN     "first_message_at" TIMESTAMPTZ(3),
ADD COLUMN     "greetings" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "identity_secret" TEXT,
ADD COLUMN     "pre_chat" "pre_chat" NOT NULL DEFAULT 'none';

-- What a Prisma schema cannot say.
ALTER TABLE "inbox" ADD CONSTRAINT "inbox_accent_color_is_one" CHECK ("accent_color" ~ '^#[0-9a-f]{6}$');

-- Inboxes where customers wrote before this was noted.
UPDATE "inbox" SET "first_message_at" = (
    SELECT min("created_at") FROM "ticket"
    WHERE "ticket"."workspace_id" = "inbox"."workspace_id" AND "ticket"."inbox_id" = "inbox"."id");
