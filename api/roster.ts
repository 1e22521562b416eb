import { chatEvents } from "./chat/events.ts";
import { obeyCommands } from "./commands/listeners.ts";
import { reminderEvents } from "./reminders/events.ts";
import { tellAsked } from "./reminders/tell-asked.ts";
import { helpdeskEvents } from "./helpdesk/events.ts";
import { noteFirstReply } from "./helpdesk/listeners.ts";
import { keepTicket } from "./helpdesk/projections.ts";
import type { Alarm } from "./kernel/alarms.ts";
import type { Job } from "./kernel/jobs.ts";
import type { EventKind } from "./kernel/log/event-kind.ts";
import type { DurableListener } from "./kernel/log/listener.ts";
import type { Projection } from "./kernel/log/record.ts";
import type { FindLostKeys } from "./kernel/live/rights.ts";
import { forgetEndedStatuses, forgetExpiredSessions } from "./people/jobs.ts";
import { findLostKeys } from "./people/rights.ts";
import { taskEvents } from "./tasks/events.ts";
import { tellProgress } from "./tasks/listeners.ts";
import { tellDueTasks } from "./tasks/tell-due.ts";
import { tellWatchers } from "./tasks/tell-watchers.ts";

/** Everything that is recorded and everything that reacts, written out by hand: what is not here does not run. */
export const roster = {
  events: [...chatEvents, ...reminderEvents, ...taskEvents, ...helpdeskEvents] as readonly EventKind[],
  projections: [keepTicket] as Projection[],
  listeners: [noteFirstReply, tellProgress, tellWatchers, obeyCommands] as DurableListener[],
  jobs: [forgetExpiredSessions, forgetEndedStatuses] as Job[],
  alarms: [tellAsked, tellDueTasks] as Alarm[],
  findLostKeys: findLostKeys as FindLostKeys,
};
