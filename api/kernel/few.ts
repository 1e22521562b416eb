/**
 * A set that mostly has one member, or none, and is then no more than that member: thousands wait idle, each with a few
 * sets of their own, and a Set of one weighs 150 bytes. Members are anything but Sets. Keep what the functions answer: the
 * set that they were given may have changed with it, or not.
 */
export type Few<T> = T | Set<T> | undefined;

/** The set with one more member. */
export function including<T>(few: Few<T>, member: T): Few<T> {
  if (few === undefined || few === member) return member;
  return few instanceof Set ? few.add(member) : new Set([few, member]);
}

/** The set without a member; undefined once it is empty. */
export function without<T>(few: Few<T>, member: T): Few<T> {
  if (few instanceof Set) return few.delete(member) && few.size === 0 ? undefined : few;
  return few === member ? undefined : few;
}

/** The members, in the order in which they came. */
export function membersOf<T>(few: Few<T>): Iterable<T> {
  if (few instanceof Set) return few;
  return few === undefined ? [] : [few];
}

/** How many there are. */
export function countOf<T>(few: Few<T>): number {
  if (few instanceof Set) return few.size;
  return few === undefined ? 0 : 1;
}
