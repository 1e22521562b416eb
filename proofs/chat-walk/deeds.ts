import { join, leave, openAtOnce, setRole } from "./members.ts";
import { follow, read, readThread, unread } from "./reading.ts";
import type { Deed } from "./steps.ts";
import { crowdOf, type Place, saidAt, type Walk } from "./walk.ts";
import { edit, remove, say, settle, thumb } from "./writing.ts";

/** What a step does, in Beseda and in the model; throws a Mismatch where they answer differently. */
export const deeds: Record<Deed, (walk: Walk, step: Place) => Promise<void>> = {
  say: (walk, place) => writing(walk, place, () => say(walk, place)),
  reply(walk, place) {
    const root = saidAt(place.room, place.n);
    return writing(walk, place, async () => root && say(walk, place, root));
  },
  sayAtOnce: (walk, place) =>
    writing(walk, place, () =>
      crowd(walk, place, 2 + (place.n % 4), (who, nth) =>
        say(walk, { ...place, who, n: place.n + nth, m: place.m + nth }),
      ),
    ),
  replyAtOnce(walk, place) {
    const root = saidAt(place.room, place.n);
    return writing(walk, place, () =>
      crowd(
        walk,
        place,
        2 + (place.m % 3),
        async (who, nth) => root && say(walk, { ...place, who, m: place.m + nth }, root),
      ),
    );
  },
  edit,
  delete: remove,
  thumb,
  read,
  unread,
  readThread,
  follow,
  async readAtOnce(walk, { room, who, n, m }) {
    const people = [who, who, ...crowdOf(walk, who, 2)];
    await Promise.all(people.map((one, nth) => read(walk, { room, who: one, n: n + nth * m, m })));
  },
  join,
  async joinAtOnce(walk, place) {
    const people = [place.who, place.who, ...crowdOf(walk, place.who, 1 + (place.n % 3))];
    await Promise.all(people.map((who) => join(walk, { ...place, who })));
  },
  leave,
  letIn: (walk, place) => setRole(walk, place, (["member", "member", "viewer", "owner"] as const)[place.m % 4]!),
  takeOut: (walk, place) => setRole(walk, place, null),
  openAtOnce,
};

/** What writing brings with it counts once all have written. */
async function writing(walk: Walk, { room }: Place, write: () => Promise<unknown>): Promise<void> {
  const from = room.said.length;
  await write();
  settle(walk, room, from);
}

async function crowd(
  walk: Walk,
  { who }: Place,
  count: number,
  act: (who: number, nth: number) => Promise<unknown>,
): Promise<void> {
  await Promise.all(crowdOf(walk, who, count).map(act));
}
