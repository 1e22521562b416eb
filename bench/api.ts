import { startServer } from "../api/server.ts";
import { answer } from "./answer.ts";

/** The product, as `api/server.ts` runs it: every role in one process. */
const server = await startServer();
process.once("SIGTERM", () => void server.close().then(() => process.exit()));
answer({ ready: () => true });
