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

/** Takes out what agents said of themselves until an end that has passed; it counts for nothing from that end on. Every night. */
export const forgetEndedStatuses: Job = {
  name: "forget-ended-statuses",
  crontab: "27 3 * * *",
  async run() {
    await sql`DELETE FROM agent_status WHERE ends_at <= ${now()}`;
  },
};
