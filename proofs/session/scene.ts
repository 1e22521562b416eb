import type { Written } from "./judge.ts";
import type { World } from "./world.ts";

/** Where the choices of a course are carried out, and what was written in it. */
export type Scene = {
  readonly world: World;
  readonly written: Written[];
  /** Takes down what happens; nothing, where a choice found nothing to do. */
  readonly tell: (what: string | undefined | null | false) => void;
};

/** What a choice does, with its two numbers. */
export type Deed = (scene: Scene, a: number, b: number) => void | Promise<void>;
