import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Activity } from "../../api/people/presence/devices.ts";
import { ALIVE_MS, knowOthers, LOST_MS, type Told } from "../../api/people/presence/processes.ts";

/** Processes on a bus that may lose anything. */
type Process = {
  id: string;
  seq: number;
  people: Map<string, Activity>;
  others: ReturnType<typeof knowOthers>;
  changed: string[];
};

function town(count: number) {
  let at = 0;
  let isDeaf = (_told: Told) => false;
  const alive = new Set<Process>();
  const tell = (told: Told) => {
    if (isDeaf(told)) return;
    for (const one of alive) {
      if (told.is === "asked" && (told.of === one.id || (told.of === null && told.from !== one.id))) sayAll(one);
      one.others.hear(told, at);
    }
  };
  const sayAll = ({ id, seq, people }: Process) => tell({ is: "all", from: id, seq, people: [...people] });
  for (let number = 0; number < count; number++) {
    const id = `process ${number}`;
    const changed: string[] = [];
    const ask = (of: string) => tell({ is: "asked", from: id, of });
    const others = knowOthers({ self: id, ask, changed: (person) => changed.push(person) });
    alive.add({ id, seq: 0, people: new Map(), others, changed });
  }
  const put = (process: Process, person: string, activity: Activity | null) => {
    if (activity) process.people.set(person, activity);
    else process.people.delete(person);
    process.seq += 1;
    tell({ is: "changed", from: process.id, seq: process.seq, people: [[person, activity]] });
  };
  const pass = (ms: number) => {
    for (const end = at + ms; at < end; at += 1_000) {
      for (const process of alive) {
        process.others.dropLost(at);
        if (at % ALIVE_MS === 0) tell({ is: "alive", from: process.id, seq: process.seq });
      }
    }
  };
  return { alive, put, pass, lose: (which: typeof isDeaf) => (isDeaf = which) };
}

const known = ({ others }: Process, person: string) => others.activitiesOf(person).filter((one) => one !== undefined);

describe("processes that tell each other who is there", () => {
  it("tell a change at once", () => {
    const { alive, put } = town(2);
    const [one, two] = [...alive];
    put(one!, "ann", "online");
    put(one!, "ann", "away");
    expect(known(two!, "ann")).toEqual(["away"]);
  });

  it("drop the people of one that fell silent within 30 s, and of nobody sooner", () => {
    const { alive, put, pass } = town(2);
    const [one, two] = [...alive];
    put(one!, "ann", "online");
    alive.delete(one!);
    pass(LOST_MS);
    expect(known(two!, "ann")).toEqual(["online"]);
    two!.changed.length = 0;
    pass(30_000 - LOST_MS);
    expect(known(two!, "ann")).toEqual([]);
    expect(two!.changed).toEqual(["ann"]);
  });

  it("keep the people of the silent as long as no hints cross, and for as long again once they do", () => {
    const { alive, put } = town(2);
    const [one, two] = [...alive];
    put(one!, "ann", "online");
    alive.delete(one!);
    two!.others.forgiveSilence(60_000);
    two!.others.dropLost(60_000 + LOST_MS);
    expect(known(two!, "ann")).toEqual(["online"]);
    two!.others.dropLost(60_001 + LOST_MS);
    expect(known(two!, "ann")).toEqual([]);
  });

  it("whatever is lost, and whichever die: know the truth as soon as hints come through again", () => {
    const deed = fc.oneof(
      fc.record({
        who: fc.nat(2),
        person: fc.constantFrom("ann", "ben", "eve"),
        activity: fc.constantFrom<Activity | null>("online", "away", null),
      }),
      fc.record({ loses: fc.nat(15) }),
      fc.record({ dies: fc.nat(2) }),
      fc.record({ ms: fc.nat(20).map((seconds) => seconds * 1_000) }),
    );
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const { alive, put, pass, lose } = town(3);
        const all = [...alive];
        for (const one of deeds) {
          if ("ms" in one) pass(one.ms);
          else if ("dies" in one) alive.delete(all[one.dies]!);
          else if ("loses" in one) {
            let count = 0;
            lose(() => (one.loses >> (count++ % 4)) % 2 === 1);
          } else if (alive.has(all[one.who]!)) put(all[one.who]!, one.person, one.activity);
        }
        lose(() => false);
        pass(30_000);
        for (const person of ["ann", "ben", "eve"]) {
          for (const looker of alive) {
            const truth = [...alive].filter((other) => other !== looker).map(({ people }) => people.get(person));
            expect(known(looker, person).toSorted()).toEqual(truth.filter((one) => one !== undefined).toSorted());
          }
        }
      }),
    );
  });
});
