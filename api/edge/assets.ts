import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Context, Middleware } from "koa";

const FOREVER = "public, max-age=31536000, immutable";
const BRIEFLY = "public, max-age=300, stale-while-revalidate=86400";

const types: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
};
const encodings = { br: ".br", gzip: ".gz" } as const;

type File = { path: string; type: string; etag: string; caching: string; encodings: (keyof typeof encodings)[] };

/** Addresses of one bundle of the build, for the page that loads it. */
export type BundleAddresses = { script: string; style: string };

export type Assets = {
  /** The bundle that a source file is the entry of. */
  bundle: (entry: string) => BundleAddresses;
  /** Serves /assets/ for our own pages, and /widget/v1/ for any page. */
  serve: Middleware;
};

/**
 * Knows what the build put into `directory` (dist): `portal` with hashed names, kept by browsers for ever, and `widget`
 * with fixed names, asked for again after five minutes. Throws when something has not been built.
 */
export function openAssets(directory: string): Assets {
  const portal = join(directory, "portal");
  const files = new Map([...indexed(portal, "/assets/"), ...indexed(join(directory, "widget"), "/widget/v1/")]);
  const manifest = JSON.parse(readFileSync(join(portal, "manifest.json"), "utf8")) as Manifest;
  return { bundle: (entry) => addressesOf(manifest, entry), serve: (ctx, next) => serve(ctx, next, files) };
}

type Manifest = Record<string, { file: string; css?: string[] }>;

function addressesOf(manifest: Manifest, entry: string): BundleAddresses {
  const built = manifest[entry];
  if (!built?.css?.[0]) throw new Error(`${entry} has not been built. Run npm run build.`);
  return { script: `/assets/${built.file}`, style: `/assets/${built.css[0]}` };
}

function indexed(folder: string, address: string): [string, File][] {
  if (!existsSync(folder)) throw new Error(`${folder} has not been built. Run npm run build.`);
  const names = readdirSync(folder).filter((name) => types[extname(name)]);
  return names.map((name) => {
    const path = join(folder, name);
    const isHashed = /\.[\w-]{8}\.\w+$/.test(name);
    const etag = `"${createHash("sha256").update(readFileSync(path)).digest("base64url").slice(0, 22)}"`;
    const made = (Object.keys(encodings) as (keyof typeof encodings)[]).filter((kind) =>
      existsSync(path + encodings[kind]),
    );
    return [
      address + name,
      { path, etag, type: types[extname(name)]!, caching: isHashed ? FOREVER : BRIEFLY, encodings: made },
    ];
  });
}

async function serve(ctx: Context, next: () => Promise<void>, files: Map<string, File>): Promise<void> {
  const file = files.get(ctx.path);
  if (!file || (ctx.method !== "GET" && ctx.method !== "HEAD")) return next();
  ctx.vary("Accept-Encoding");
  ctx.set({ "Cache-Control": file.caching, ETag: file.etag });
  if (ctx.path.startsWith("/widget/")) allowAnySite(ctx);
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  // Ours is the order: browsers name gzip first, though they take brotli as gladly.
  const encoding = file.encodings.find((kind) => ctx.acceptsEncodings(kind) === kind);
  if (encoding) ctx.set("Content-Encoding", encoding);
  ctx.type = file.type;
  ctx.body = await readFile(encoding ? file.path + encodings[encoding] : file.path);
}

// Other sites embed the widget; its files say nothing about anyone.
function allowAnySite(ctx: Context): void {
  ctx.set({
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Timing-Allow-Origin": "*",
  });
}
