-- AlterEnum
ALTER TYPE "reminder_kind" ADD VALUE 'moved';
ALTER TYPE "reminder_kind" ADD VALUE 'commented';

-- Of what has become of tasks until now nobody is told any more: who tells those who watch them begins to hear at the end of the log.
INSERT INTO "listener" ("name", "position") SELECT 'tell-watchers', "position" FROM "log_head";
