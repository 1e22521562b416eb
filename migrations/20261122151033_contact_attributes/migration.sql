-- AlterTable
ALTER TABLE "contact" ADD COLUMN     "attributes" JSONB NOT NULL DEFAULT '{}';
