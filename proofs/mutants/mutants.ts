import type { Proof } from "../options.ts";
export const mutants: Proof = async () => {};
