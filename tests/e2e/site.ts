import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { inject } from "vitest";

/** What a site answers at an address: a page, or something for one. */
export type Shelf = string | { type: string; text: string };

export type SiteOptions = {
  /** What stands in the policy beside what the chat needs; else nothing but the site's own files. */
  policy?: (home: string) => string;
  /** Whether its origin stands on the inbox's list. */
  isAllowed?: boolean;
};

/** A site of somebody who embeds the chat, on an origin of its own. */
export type Site = { url: string; close: () => Promise<void> };

const ICON = { type: "image/svg+xml", text: '<svg xmlns="http://www.w3.org/2000/svg"/>' };

/** Opens a site with these addresses ("/" at least). Every answer carries a strict policy. */
export async function openSite(shelves: Record<string, Shelf>, options: SiteOptions = {}): Promise<Site> {
  const { home } = inject("demo").urls;
  const { policy = strictPolicy, isAllowed = true } = options;
  const server = createServer((request, response) => {
    const shelf = { "/icon.svg": ICON, ...shelves }[new URL(request.url ?? "/", "http://site").pathname];
    const { type, text } = typeof shelf === "object" ? shelf : { type: "text/html", text: shelf ?? "" };
    response.writeHead(shelf === undefined ? 404 : 200, {
      "content-type": `${type}; charset=utf-8`,
      "content-security-policy": policy(home),
      "cache-control": "no-store",
    });
    response.end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (isAllowed) await allow(url);
  return {
    url,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** As docs/embedding.md asks for, and nothing that the chat could use without asking. */
export function strictPolicy(home: string): string {
  const { origin } = new URL(home);
  const chat = `script-src 'self' ${origin}; connect-src 'self' ${origin} ${origin.replace(/^http/, "ws")}`;
  return `default-src 'none'; ${chat}; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'`;
}

/** A page of the site: its head and its body. */
export function pageOf(head: string, body = "<h1>A site</h1>"): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A site</title><link rel="icon" href="/icon.svg">${head}</head><body>${body}</body></html>`;
}

/** The snippet that the inbox's settings tell. */
export function snippet(attributes = ""): string {
  const { urls, inboxKey } = inject("demo");
  return `<script async src="${urls.home}/widget/v1/loader.js" data-inbox="${inboxKey}" ${attributes}></script>`;
}

async function allow(origin: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject("databaseUrl") });
  await client.connect();
  await client.query("UPDATE inbox SET allowed_origins = array_append(allowed_origins, $1) WHERE public_key = $2", [
    origin,
    inject("demo").inboxKey,
  ]);
  await client.end();
}
