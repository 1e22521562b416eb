import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** What `/metrics` prints. Names follow Prometheus: base units, `_total` for counters. */
export const registry = new Registry();

const registers = [registry];

export const httpSeconds = new Histogram({
  name: "beseda_http_request_seconds",
  help: "Time to answer an HTTP request, by route and status.",
  labelNames: ["route", "status"],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers,
});

export const operations = new Counter({
  name: "beseda_graphql_operations_total",
  help: "GraphQL operations, by transport, kind and outcome.",
  labelNames: ["transport", "kind", "outcome"],
  registers,
});

export const rateLimited = new Counter({
  name: "beseda_rate_limited_total",
  help: "Operations refused since a rate was used up, by the rate.",
  labelNames: ["limit"],
  registers,
});

export const socketsWaiting = new Gauge({
  name: "beseda_sockets_waiting",
  help: "WebSocket handshakes that wait for their turn.",
  registers,
});

export const sequenced = new Counter({
  name: "beseda_log_sequenced_total",
  help: "Events that this process moved from the outbox into the log.",
  registers,
});

export const logSeconds = new Histogram({
  name: "beseda_log_seconds",
  help: "From an event's instant to its place in this process's tail of the log.",
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers,
});

export const followers = new Gauge({
  name: "beseda_live_followers",
  help: "Open live subscriptions and portal streams.",
  registers,
});

export const renders = new Counter({
  name: "beseda_live_renders_total",
  help: "Payloads made for live readers: one for each event and class of readers, and those of each resume.",
  registers,
});

export const deliveries = new Counter({
  name: "beseda_live_deliveries_total",
  help: "Payloads handed to live readers.",
  registers,
});

export const cutReaders = new Counter({
  name: "beseda_live_cut_total",
  help: "Live readers that were cut, by reason; they resume from their cursor.",
  labelNames: ["reason"],
  registers,
});

export const busUp = new Gauge({
  name: "beseda_bus_up",
  help: "1 while hints cross processes by Redis; 0 while they have to poll, and without a Redis.",
  registers,
});

let isMeasured = false;

/** Adds the process's own figures, once: memory, event loop, garbage collection. */
export function measureProcess(): void {
  if (!isMeasured) collectDefaultMetrics({ register: registry });
  isMeasured = true;
}
