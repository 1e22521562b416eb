-- CreateEnum
CREATE TYPE "attention_level" AS ENUM ('all', 'mentions', 'none');

-- AlterTable
ALTER TABLE "read_mark" ADD COLUMN     "unread_from" INTEGER;

-- AlterTable
ALTER TABLE "space_member" ADD COLUMN     "is_starred" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "level" "attention_level" NOT NULL DEFAULT 'all';
