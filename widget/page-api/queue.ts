/** A call as the page made it. */
export type Call = readonly [name: string | typeof MET, ...given: unknown[]];

/** What a loader calls, with its tag, where it is not the first. */
export const MET = 0;

/** The page's `Beseda` as loader and module see it, which may be of different ages: only added to. */
export interface Stub {
  (...call: Call): void;
  /** What was called and not answered yet; the module takes over its `push`. */
  q?: Call[];
  ready?: Promise<unknown>;
  /** The button that the loader drew. */
  button?: HTMLElement;
}
