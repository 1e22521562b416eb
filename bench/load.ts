/** What a closed loop of clients measured: each asks again as soon as it was answered. */
export type Load = { perSecond: number; p50Ms: number; p99Ms: number; done: number };

/** Runs `clients` loops of `once` for that many seconds; whatever is under way then is still awaited and counted. */
export async function closedLoop(
  clients: number,
  seconds: number,
  once: (client: number) => Promise<void>,
): Promise<Load> {
  const times: number[] = [];
  const begun = performance.now();
  const end = begun + seconds * 1_000;
  const loop = async (client: number): Promise<void> => {
    for (let now = performance.now(); now < end; ) {
      await once(client);
      const answered = performance.now();
      times.push(answered - now);
      now = answered;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => loop(client)));
  const elapsed = (performance.now() - begun) / 1_000;
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
  return { perSecond: times.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99), done: times.length };
}
