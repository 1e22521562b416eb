import type { Activity } from "./devices.ts";

/** Who is there by one process: person -> what they do. */
export type People = ReadonlyMap<string, Activity>;

/** What processes tell each other. All of it may be lost: `seq` counts the changes of a process, so that a gap is noticed. */
export type Told = { from: string } & (
  | { is: "changed"; seq: number; people: [person: string, activity: Activity | null][] }
  | { is: "alive"; seq: number }
  | { is: "asked"; of: string | null }
  | { is: "all"; seq: number; people: [person: string, activity: Activity][] }
);

/** How often a process says that it lives, in ms, and after what silence its people are gone with it. */
export const ALIVE_MS = 8_000;
export const LOST_MS = 25_000;
/** The soonest that one is asked again for all, in ms. */
const ASK_MS = 2_000;

type Known = { seq: number; people: Map<string, Activity>; heardAt: number; askedAt: number };

/** What this process knows of the others. `ask` asks one for all of its people; `changed` is told whom anything is new of. */
export function knowOthers({
  self,
  ask,
  changed,
}: {
  self: string;
  ask: (of: string) => void;
  changed: (person: string) => void;
}) {
  const others = new Map<string, Known>();

  function hear(told: Told, at: number): void {
    if (told.from === self || told.is === "asked") return;
    const known = others.get(told.from) ?? { seq: -1, people: new Map(), heardAt: at, askedAt: -ASK_MS };
    others.set(told.from, known);
    known.heardAt = at;
    if (told.is === "all") replace(known, told);
    else if (told.is === "changed" && told.seq === known.seq + 1) apply(known, told);
    else if (told.seq > known.seq && at - known.askedAt >= ASK_MS) {
      known.askedAt = at;
      ask(told.from);
    }
  }

  function apply(known: Known, { seq, people }: Extract<Told, { is: "changed" }>): void {
    known.seq = seq;
    for (const [person, activity] of people) {
      if (activity) known.people.set(person, activity);
      else known.people.delete(person);
      changed(person);
    }
  }

  function replace(known: Known, { seq, people }: Extract<Told, { is: "all" }>): void {
    // One that was on its way while more changed: what is known is newer.
    if (seq < known.seq) return;
    const before = known.people;
    known.seq = seq;
    known.people = new Map(people);
    for (const person of new Set([...before.keys(), ...known.people.keys()]))
      if (before.get(person) !== known.people.get(person)) changed(person);
  }

  return {
    hear,
    activitiesOf: (person: string) =>
      others
        .values()
        .map(({ people }) => people.get(person))
        .toArray(),
    /** Drops those that have said nothing for long, and their people with them. */
    dropLost: (at: number): void => {
      for (const [id, { heardAt, people }] of others) {
        if (at - heardAt <= LOST_MS) continue;
        others.delete(id);
        for (const person of people.keys()) changed(person);
      }
    },
    /** Silence means nothing while no hints cross. */
    forgiveSilence: (at: number): void => {
      for (const known of others.values()) known.heardAt = at;
    },
  };
}
