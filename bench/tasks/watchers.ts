import { type ClientRequest, get, type IncomingMessage } from "node:http";
import pg from "pg";
import { newId } from "../../api/kernel/id.ts";
import { newSessionToken } from "../../api/people/session.ts";
import { tokenHash } from "../../api/people/token.ts";
import { hire } from "../presence/staff.ts";
import type { World } from "../world.ts";

/** A page as a browser gets it. */
export type Page = { firstByteMs: number; bytes: number; text: string };

/** Somebody who looks at a board in a browser. */
export type Watcher = {
  cookie: string;
  /** How often each card has come, by its task. */
  told: Map<string, number>;
  /** Of the stream's frames. */
  bytes: number;
};

/** Adds so many colleagues to the one project there is, each signed in at a browser; answers their cookies. */
export async function hireWatchers(databaseUrl: string, count: number): Promise<string[]> {
  const staff = await hire(databaseUrl, count);
  const tokens = staff.map(() => newSessionToken());
  const ids = staff.map(({ agentId }) => agentId);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `INSERT INTO space_member (workspace_id, space_id, agent_id)
     SELECT workspace_id, space_id, given.id FROM project, unnest($1::uuid[]) AS given (id)`,
    [ids],
  );
  await client.query(
    `INSERT INTO session (workspace_id, id, agent_id, token_hash, expires_at)
     SELECT (SELECT id FROM workspace), id, agent_id, hash, now() + interval '1 day'
     FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS given (id, agent_id, hash)`,
    [ids.map(() => newId()), ids, tokens.map(tokenHash)],
  );
  await client.end();
  return tokens.map((token) => `__Host-beseda=${token}`);
}

/** Asks for a page, packed as browsers take it unless told otherwise. */
export function load({ port }: World, path: string, headers: Record<string, string>): Promise<Page> {
  const asked = performance.now();
  return new Promise((resolve, reject) => {
    const request = get({ port, host: "127.0.0.1", path, headers: { accept: "text/html", ...headers } }, (response) => {
      const parts: Buffer[] = [];
      let firstByteMs = 0;
      response.on("data", (part: Buffer) => {
        firstByteMs ||= performance.now() - asked;
        parts.push(part);
      });
      response.once("error", reject);
      response.once("end", () => {
        const whole = Buffer.concat(parts);
        if (response.statusCode !== 200) return reject(new Error(`${path} was answered ${response.statusCode}.`));
        resolve({ firstByteMs, bytes: whole.length, text: whole.toString("utf8") });
      });
    });
    request.once("error", reject);
  });
}

const CARD = /id="card-([\w-]{36})"/g;

/** Follows the board that a page shows, as its browser would; resolves once the stream is open. */
export function follow({ port }: World, { cookie, page }: { cookie: string; page: Page }) {
  const address = /hx-sse:connect="([^"]+)"/.exec(page.text)![1]!.replaceAll("&amp;", "&");
  const watcher: Watcher = { cookie, told: new Map(), bytes: 0 };
  const headers = { cookie, accept: "text/event-stream" };
  return new Promise<{ watcher: Watcher; stop: () => void }>((resolve, reject) => {
    const request: ClientRequest = get({ port, host: "127.0.0.1", path: address, headers }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`The stream was answered ${response.statusCode}.`));
      listen(response, watcher);
      resolve({ watcher, stop: () => request.destroy() });
    });
    request.once("error", reject);
  });
}

/** A card may come in two pieces: what was left of the last piece stands before the next. */
function listen(response: IncomingMessage, watcher: Watcher): void {
  let rest = "";
  response.setEncoding("utf8");
  response.on("error", () => {});
  response.on("data", (piece: string) => {
    watcher.bytes += Buffer.byteLength(piece);
    const text = rest + piece;
    let end = 0;
    for (const { 1: id, index, 0: whole } of text.matchAll(CARD)) {
      watcher.told.set(id!, (watcher.told.get(id!) ?? 0) + 1);
      end = index + whole.length;
    }
    rest = text.slice(Math.max(end, text.length - 60));
  });
}
