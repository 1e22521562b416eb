/** What a person is called in passing. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0]!;
}
