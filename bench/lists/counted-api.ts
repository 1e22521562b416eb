import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import pg from "pg";
import { startServer } from "../../api/server.ts";
import { answer } from "../answer.ts";

/** The product, with a note of the statements that its newest HTTP request asked of PostgreSQL; what runs beside is not in it. */
const asking = new AsyncLocalStorage<string[]>();
let asked: string[] = [];

subscribe("http.server.request.start", () => {
  asked = [];
  asking.enterWith(asked);
});

const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
pg.Client.prototype.query = function noted(this: pg.Client, ...given: unknown[]) {
  const [statement] = given as [string | { text: string }];
  asking.getStore()?.push(typeof statement === "string" ? statement : statement.text);
  return query.apply(this, given);
} as typeof pg.Client.prototype.query;

const server = await startServer();
process.once("SIGTERM", () => void server.close().then(() => process.exit()));
answer({ ready: () => true, statements: () => asked });
