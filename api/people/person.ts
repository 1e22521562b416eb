import { z } from "zod";

/** Someone who writes: a member of staff or a customer, as events name them. */
export const personRef = z.strictObject({ kind: z.enum(["agent", "contact"]), id: z.guid() });
export type PersonRef = z.infer<typeof personRef>;
