/** What the configuration says of limits. */
export type LimitSettings = {
  RATE_LIMITS: "on" | "off";
  DOCUMENTS: "known" | "any";
  TRUSTED_PROXIES: number;
  SOCKETS_PER_SECOND: number;
};

/** What holds in this process. */
export let limits: LimitSettings = {
  RATE_LIMITS: "on",
  DOCUMENTS: "known",
  TRUSTED_PROXIES: 0,
  SOCKETS_PER_SECOND: 500,
};

/** Takes the process's limits from its configuration. */
export function setLimits(given: LimitSettings): void {
  limits = given;
}
