import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** The rooms, lowest first: a room imports from itself and from rooms before it, never from one after. */
const ROOMS = [
  "words",
  "markdown",
  "api/kernel",
  "api/people",
  "api/chat",
  "api/reminders",
  "api/tasks",
  "api/helpdesk",
  "api/commands",
  "api/edge",
  "portal",
  "api",
] as const;

/** Files that a lower room may import although they stand higher: what the whole house is assembled from. */
const SHARED = new Map([
  // The schema is one object: the edge executes it whole.
  ["api/schema.ts", ["api/edge"]],
]);

type Room = (typeof ROOMS)[number] | "widget";

/** Answers each import that runs against the arrows, as "file -> file". */
export function wrongArrows(): string[] {
  const files = [...ROOMS.filter((room) => !room.startsWith("api/")), "widget"].flatMap(sources);
  return files.flatMap((file) =>
    importsOf(file)
      .filter((target) => !isAllowed(file, target))
      .map((target) => `${file} -> ${target}`),
  );
}

/** Every TypeScript file of a folder. */
export function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const targets = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^;]*?from\s+"(\.[^"]+)"|import\s*\(?\s*"(\.[^"]+)"/g),
  ];
  return targets.map((match) => normalize(join(dirname(file), (match[1] ?? match[2])!)));
}

function isAllowed(file: string, target: string): boolean {
  const from = roomOf(file);
  const to = roomOf(target);
  if (!from || !to) return true;
  if (from === "widget" || to === "widget") return from === to || to === "words" || to === "markdown";
  if (SHARED.get(target)?.includes(from)) return true;
  return ROOMS.indexOf(to) <= ROOMS.indexOf(from);
}

/** The innermost room that holds the file; undefined for what stands outside, as the generated client does. */
function roomOf(file: string): Room | undefined {
  if (file.startsWith("widget/")) return "widget";
  return [...ROOMS].sort((a, b) => b.length - a.length).find((room) => file.startsWith(`${room}/`));
}
