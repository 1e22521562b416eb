/** What not every customer needs, or not at once: `form` where an inbox wants to know who they are, `talk` with the first letter that they write. Until a part has been fetched, its elements show no more than what stands between their tags. */
const parts = { talk: () => import("./talk.ts"), form: () => import("./form.ts") };
const fetched = new Map<keyof typeof parts, Promise<unknown>>();

/** Fetches a part, once. What the network has lost is asked for again the next time it is wanted. */
export function fetchPart(name: keyof typeof parts): void {
  if (fetched.has(name)) return;
  fetched.set(
    name,
    parts[name]().catch(() => fetched.delete(name)),
  );
}
