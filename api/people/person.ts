import { z } from "zod";

/** Someone who writes: a member of staff or a customer, as events name them. */
export const personRef = z.strictObject({ kind: z.enum(["agent", "contact"]), id: z.guid() });
export type PersonRef = z.infer<typeof personRef>;

/** Who wrote a message, as events name them: a person, or the house's own bot, whose id is the workspace's. */
export const authorRef = z.strictObject({ kind: z.enum(["agent", "contact", "bot"]), id: z.guid() });
export type AuthorRef = z.infer<typeof authorRef>;
