import { type Config, type Role, roles } from "./config.ts";
import { shareRates } from "./edge/limits/rates.ts";
import { setLimits } from "./edge/limits/settings.ts";
import { startAlarms } from "./kernel/alarms.ts";
import { closeBus, openBus } from "./kernel/bus.ts";
import { closeDatabase, openDatabase } from "./kernel/database.ts";
import { startJobs } from "./kernel/jobs.ts";
import { closeLive, openLive } from "./kernel/live/follow.ts";
import { watchRights } from "./kernel/live/rights.ts";
import { openCursors } from "./kernel/log/cursor.ts";
import { startListeners } from "./kernel/log/listener.ts";
import { useProjections } from "./kernel/log/record.ts";
import { startSequencer } from "./kernel/log/sequencer.ts";
import { openPresence } from "./people/presence/directory.ts";
import { openVisitorTokens } from "./people/visitor-token.ts";
import { roster } from "./roster.ts";

type Close = () => Promise<void> | void;

/** A part of a process, and the roles that need it. */
export type Part = {
  roles: readonly Role[];
  /** Answers how to close it, if there is anything to close. */
  open: (config: Config) => Promise<Close | undefined> | Close | undefined;
};

/** Roles that answer people and programs. */
const answering: readonly Role[] = ["web", "socket"];

/** Everything behind the HTTP server, in the order in which it is opened; each part is closed before those before it. */
export const parts: readonly Part[] = [
  { roles, open: openTheDatabase },
  { roles, open: openTheBus },
  { roles: answering, open: openSecrets },
  { roles: answering, open: openTheLimits },
  { roles: answering, open: () => watchRights(roster.findLostKeys).stop },
  { roles: answering, open: openTheLiveCore },
  { roles: answering, open: openPresence },
  { roles: ["sequencer"], open: ({ DATABASE_URL }) => startSequencer(DATABASE_URL).stop },
  { roles: ["worker"], open: () => startListeners(roster.listeners).stop },
  { roles: ["worker"], open: () => startAlarms(roster.alarms).stop },
  { roles: ["worker"], open: async ({ DATABASE_URL }) => (await startJobs(DATABASE_URL, roster.jobs)).stop },
];

function openTheDatabase({ DATABASE_URL: url, DATABASE_POOL: connections }: Config): Close {
  openDatabase({ url, connections });
  useProjections(roster.projections);
  return closeDatabase;
}

function openTheBus({ REDIS_URL }: Config): Close {
  openBus(REDIS_URL);
  return closeBus;
}

function openSecrets({ SECRET }: Config): undefined {
  openVisitorTokens(SECRET);
  openCursors(SECRET);
}

function openTheLimits(config: Config): Close {
  setLimits(config);
  return shareRates();
}

async function openTheLiveCore(): Promise<Close> {
  await openLive();
  return closeLive;
}
