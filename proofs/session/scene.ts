import type { Written } from "./judge.ts";
import type { World } from "./world.ts";

/** Where the choices of a course are carried out, and what was written in it. */
export type Scene = {
  readonly world: World;
  readonly written: Written[];
  /** Texts that were begun, and whose they are. */
  readonly drafts: Map<string, string | null>;
  /** Whom the site has named each customer of the device. */
  readonly owners: Map<string, string>;
  /** As whom a page has named each of them, heard by the device or not. */
  readonly meant: Set<string>;
  /** Takes down what happens; nothing, where a choice found nothing to do. */
  readonly tell: (what: string | undefined | null | false) => void;
};

/** What a choice does, with its two numbers. */
export type Deed = (scene: Scene, a: number, b: number) => void | Promise<void>;
