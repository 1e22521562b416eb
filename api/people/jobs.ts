import { now } from "../kernel/clock.ts";
import { sql } from "../kernel/database.ts";
import type { Job } from "../kernel/jobs.ts";

/** Takes out portal sessions that ended more than a day ago. Every night. */
export const forgetExpiredSessions: Job = {
  name: "forget-expired-sessions",
  crontab: "17 3 * * *",
  async run() {
    const dayAgo = new Date(now().getTime() - 86_400_000);
    await sql`DELETE FROM session WHERE expires_at < ${dayAgo}`;
  },
};
