import { commands } from "./builds/commands.ts";
import { edge } from "./builds/edge.ts";
import { features } from "./builds/features.ts";
import { kernel } from "./builds/kernel.ts";
import { live } from "./builds/live.ts";
import { presence } from "./builds/presence.ts";
import { session } from "./builds/session.ts";
import { workflowBuilds } from "./builds/workflows.ts";

/** Replaces a text that stands exactly once in a file. */
export type Patch = { file: string; find: string; put: string };

/** What is run against a broken build: a short proof, or test files. */
export type Catcher = { proof: string } | { tests: string[] };

/** A build that breaks one promise, what must catch it, and the words in which the catcher complains. */
export type BrokenBuild = { name: string; patches: Patch[]; caughtBy: Catcher; says: RegExp };

/** Every promise that has to be seen broken and caught, by the room that gives it. */
export const brokenBuilds: BrokenBuild[] = [
  ...kernel,
  ...live,
  ...edge,
  ...features,
  ...presence,
  ...session,
  ...workflowBuilds,
  ...commands,
];
