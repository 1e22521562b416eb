import type { Kind } from "./choices.ts";
import { customerDeeds } from "./customer-deeds.ts";
import { networkDeeds } from "./network-deeds.ts";
import type { Deed } from "./scene.ts";
import { serverDeeds } from "./server-deeds.ts";

/** What each choice does. */
export const deeds: Record<Kind, Deed> = { ...networkDeeds, ...customerDeeds, ...serverDeeds };
