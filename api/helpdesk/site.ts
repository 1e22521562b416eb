import { done, type Outcome, refuse } from "../kernel/outcome.ts";

const MOST_SITES = 50;

export type SitesRefusal = "origin_invalid" | "origins_too_many";

/**
 * The sites that may embed an inbox's widget, each as browsers send it in `Origin`, once. An address of a page is taken for
 * its site. Refuses what is no http or https address, with the text of the first such in the path, and more than 50.
 */
export function readSites(texts: readonly string[]): Outcome<string[], SitesRefusal> {
  const path = ["input", "allowedOrigins"];
  const sites = new Set<string>();
  for (const text of texts.map((each) => each.trim()).filter(Boolean)) {
    const site = siteOf(text);
    if (!site) return refuse("origin_invalid", path);
    sites.add(site);
  }
  return sites.size > MOST_SITES ? refuse("origins_too_many", path) : done([...sites]);
}

/** A name and a password in an address are nobody's business here, and a wildcard is no site. */
function siteOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, origin, username, hostname } = new URL(text);
  const isSite = /^https?:$/.test(protocol) && !username && hostname !== "" && !hostname.includes("*");
  return isSite ? origin : undefined;
}
