import type { Proof } from "../options.ts";
export const slowTransaction: Proof = async () => {};
