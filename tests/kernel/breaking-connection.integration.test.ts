import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, inTransaction, openDatabase } from "../../api/kernel/database.ts";

/** Messages of PostgreSQL's protocol: it lets the client in, is ready, and shuts down. */
const LET_IN = message("R", Buffer.from([0, 0, 0, 0]));
const READY = message("Z", Buffer.from("I"));
const SHUT_DOWN = message(
  "E",
  Buffer.from("SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0"),
);

/** A PostgreSQL whose shutdown comes in the very packet that tells that it is ready. */
const server = createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", () => socket.end(Buffer.concat([LET_IN, READY, SHUT_DOWN])));
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  openDatabase({ url: `postgres://someone:secret@127.0.0.1:${port}/beseda`, connections: 1 });
});
afterAll(async () => {
  await closeDatabase();
  server.close();
});

it("fails the transaction that was given a connection that breaks at once, and not the process", async () => {
  await expect(inTransaction((tx) => tx.sql`SELECT 1`)).rejects.toThrow();
});

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
