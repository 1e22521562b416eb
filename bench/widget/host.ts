import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync } from "node:zlib";

/** A site with a page for each of what is compared: 60 kB of text and no script but the one, under a strict policy. */
export type Host = { url: string; close: () => Promise<void> };

const WORDS = "The long half of the year asks for light that is warm, repairable and kept for decades. ";

/** `scripts`: the tag of each page, by its name; `files`: what the site serves besides. */
export async function openHost(
  scripts: Record<string, string>,
  files: Record<string, string>,
  chat: string,
): Promise<Host> {
  const { origin } = new URL(chat);
  const policy = `default-src 'none'; script-src 'self' ${origin}; connect-src 'self' ${origin} ${origin.replace(/^http/, "ws")}; style-src 'self'; img-src 'self'`;
  const paragraphs = Array.from({ length: 60 }, (_, index) => `<p>${index}. ${WORDS.repeat(11)}</p>`).join("\n");
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://host").pathname.slice(1);
    const isScript = path in files;
    const text = files[path] ?? (path in scripts ? pageOf(scripts[path]!, paragraphs) : "");
    response.writeHead(text ? 200 : 404, {
      "content-type": `${isScript ? "text/javascript" : "text/html"}; charset=utf-8`,
      ...{ "content-encoding": "br", "content-security-policy": policy, "cache-control": "no-store" },
    });
    response.end(brotliCompressSync(text));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function pageOf(script: string, paragraphs: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title><link rel="icon" href="/none"></head>
<body><h1>Light for the long half of the year</h1>${paragraphs}${script}</body></html>`;
}
