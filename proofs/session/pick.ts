/** The one that the number falls on; undefined where there is none. */
export function pick<T>(from: readonly T[], n: number): T | undefined {
  return from[n % from.length];
}
