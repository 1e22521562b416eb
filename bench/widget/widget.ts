import pg from "pg";
import { startBeseda } from "../../tests/e2e/beseda.ts";
import { openChromium } from "../../tests/e2e/chromium.ts";
import { aloneRow, type Measured, type Row, rowOf } from "../row.ts";
import { openHost } from "./host.ts";
import { bundlePeer } from "./peer.ts";
import { type Paid, visit } from "./visit.ts";

const PEER = "@papercups-io/chat-widget 1.3.1";

/** What the chat costs a page of somebody else's, beside the same page with a peer's and with an empty script. */
export async function measureWidget(rounds: number): Promise<Measured> {
  const running = new AsyncDisposableStack();
  try {
    const beseda = await startBeseda();
    running.defer(async () => void (await beseda.stop()));
    const { urls, inboxKey } = beseda.demo;
    const peer = await bundlePeer().catch((fault: Error) => fault);
    const scripts = {
      empty: '<script async src="/empty.js"></script>',
      ours: `<script async src="${urls.home}/widget/v1/loader.js" data-inbox="${inboxKey}"></script>`,
      peer: '<script async src="/peer.js"></script>',
    };
    const files = { "empty.js": " ", "peer.js": peer instanceof Error ? " " : peer };
    const host = await openHost(scripts, files, urls.home);
    running.defer(host.close);
    await allow(beseda.databaseUrl, { inboxKey, origin: host.url });
    const browser = await openChromium();
    running.defer(() => browser.close());
    const paid: Record<keyof typeof scripts, Paid[]> = { empty: [], ours: [], peer: [] };
    for (let round = 0; round < rounds; round++) {
      for (const name of ["empty", "ours", "peer"] as const)
        paid[name].push(await visit(browser, `${host.url}/${name}`, name === "ours"));
    }
    return { rows: rowsOf(paid), notes: notesOf(peer) };
  } finally {
    await running.disposeAsync();
  }
}

async function allow(databaseUrl: string, { inboxKey, origin }: { inboxKey: string; origin: string }): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const values = [origin, inboxKey];
  await client.query(
    "UPDATE inbox SET allowed_origins = array_append(allowed_origins, $1) WHERE public_key = $2",
    values,
  );
  await client.end();
}

function rowsOf({ empty, ours, peer }: Record<"empty" | "ours" | "peer", Paid[]>): Row[] {
  const of = (paid: Paid[], pick: (one: Paid) => number) => paid.map(pick);
  const beyondEmpty = (paid: Paid[], pick: (one: Paid) => number) =>
    paid.map((one, round) => pick(one) - pick(empty[round]!));
  const blocking = ({ blockingBefore }: Paid) => blockingBefore;
  const before = ({ bytesBefore }: Paid) => bytesBefore / 1_000;
  return [
    rowOf("bytes before the click", "kB", of(ours, before), of(peer, before), PEER),
    aloneRow(
      "requests before the click",
      "",
      of(ours, ({ requestsBefore }) => requestsBefore),
    ),
    aloneRow(
      "bytes with the panel open and a field to write in",
      "kB",
      of(ours, ({ bytesOpened }) => bytesOpened / 1_000),
    ),
    aloneRow(
      "requests with it open",
      "",
      of(ours, ({ requestsOpened }) => requestsOpened),
    ),
    aloneRow("main thread blocked before the click, beyond an empty script", "ms", beyondEmpty(ours, blocking)),
    aloneRow(`the same, ${PEER}, not opened`, "ms", beyondEmpty(peer, blocking)),
    aloneRow(
      "main thread blocked while it opens",
      "ms",
      of(ours, ({ blockingOpened }) => blockingOpened),
    ),
    aloneRow(
      "layout shift before the click, beyond an empty script",
      "",
      beyondEmpty(ours, ({ shiftBefore }) => shiftBefore),
    ),
    aloneRow(
      "layout shift while it opens",
      "",
      of(ours, ({ shiftOpened }) => shiftOpened),
    ),
    aloneRow(
      "largest paint, beyond an empty script",
      "ms",
      beyondEmpty(ours, ({ paint }) => paint),
    ),
    aloneRow(
      "click to the panel with the focus in it",
      "ms",
      of(ours, ({ toPanel }) => toPanel),
    ),
    aloneRow(
      "click to a text field, one more click between",
      "ms",
      of(ours, ({ toField }) => toField),
    ),
  ];
}

function notesOf(peer: string | Error): string[] {
  return [
    "A page of 60 kB on an origin of its own under a strict policy; Chromium with an empty cache, its CPU slowed 4 times, 1.6 Mbit/s and 150 ms. Bodies as they came over the wire: scripts in brotli, answers of the API as they are.",
    "Blocked: what of each task is over 50 ms; before the click from the page's beginning until 1.5 s after its load. Shifts within half a second of an input do not count. The bench's own clicks and waits are in the times to the panel and the field.",
    peer instanceof Error
      ? `The peer was not measured. ${peer.message}`
      : "The peer is bundled with its React 17 as one script. Its panel is a frame of its makers' host, which the policy refuses and nobody counted.",
  ];
}
