import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ShopSettings {
  /** 0 = any free port */
  readonly port: number;
  readonly host: string;
  /** Where Beseda answers, such as http://localhost:8080. */
  readonly apiUrl: string;
  /** The public key of the inbox the shop's customers write to. */
  readonly inboxKey: string;
}

export interface Shop {
  readonly url: string;
  close(): Promise<void>;
}

const read = (name: string) => readFileSync(new URL(`shop/${name}`, import.meta.url), "utf8");

/** Opens Lumen, a lamp shop on a site of its own, which knows nothing of Beseda but the public snippet. Rejects when the port is taken. */
export async function startShop({ port, host, apiUrl, inboxKey }: ShopSettings): Promise<Shop> {
  const page = read("index.html").replace("{{apiUrl}}", apiUrl).replace("{{inboxKey}}", inboxKey);
  const shelves: Record<string, readonly [type: string, text: string]> = {
    "/": ["text/html", page],
    "/shop.css": ["text/css", read("shop.css")],
    "/lamp.svg": ["image/svg+xml", read("lamp.svg")],
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://shop").pathname;
    serve(response, shelves[path], policy(apiUrl));
  });
  server.listen(port, host);
  await once(server, "listening");
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

// As strict as a careful shop's: the chat must work without asking for more than its own origin.
function policy(apiUrl: string): string {
  const { origin } = new URL(apiUrl);
  return [
    "default-src 'none'",
    `script-src ${origin}`,
    `connect-src ${origin} ${origin.replace(/^http/, "ws")}`,
    "style-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    // The page for trying out shows the shop beside the portal.
    `frame-ancestors ${origin}`,
  ].join("; ");
}

function serve(response: ServerResponse, found: readonly [string, string] | undefined, csp: string): void {
  const [type, text] = found ?? ["text/plain", "There is no such page in this shop.\n"];
  response.writeHead(found ? 200 : 404, {
    "content-type": `${type}; charset=utf-8`,
    "content-security-policy": csp,
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cache-control": "no-cache",
  });
  response.end(text);
}
