/**
 * What not every customer needs, or not at once: `form` where an inbox wants to know who they are, `talk` with the first letter that
 * they write, `session` then or when they come back. Until a part has been fetched, its elements show no more than what stands between
 * their tags, and the lobby stands in for the session.
 */
const parts = {
  talk: () => import("./talk.ts"),
  form: () => import("./form.ts"),
  session: () => import("./session.ts"),
};
type Part<N extends keyof typeof parts> = Awaited<ReturnType<(typeof parts)[N]>>;

const fetched = new Map<keyof typeof parts, Promise<unknown>>();

/** Fetches a part, once. What the network has lost, null, is asked for again the next time it is wanted. */
export function fetchPart<N extends keyof typeof parts>(name: N): Promise<Part<N> | null> {
  const lost = () => {
    fetched.delete(name);
    return null;
  };
  if (!fetched.has(name)) fetched.set(name, parts[name]().catch(lost));
  return fetched.get(name) as Promise<Part<N> | null>;
}
