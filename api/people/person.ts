/** Someone who writes: a member of staff or a customer. */
export type PersonRef = { kind: "agent" | "contact"; id: string };
