import { z } from "zod";

const url = z.url();
const seconds = z.coerce.number().int();

/** What a process may be there for: requests and event streams, WebSockets, listeners and jobs, the order of the log. */
export const roles = ["web", "socket", "worker", "sequencer"] as const;
export type Role = (typeof roles)[number];

const roleList = z.string().transform((list, context) => {
  const names = list.split(",").map((name) => name.trim());
  if (names.every(isRole)) return names;
  context.addIssue({ code: "custom", message: `must name some of ${roles.join(", ")}, with commas between them` });
  return z.NEVER;
});

function isRole(name: string): name is Role {
  return roles.some((role) => role === name);
}

/** Every variable that Beseda reads, with its default and its meaning. `.env.example` is printed from this table. */
export const variables = {
  DATABASE_URL: url.describe(
    "PostgreSQL 17 or later. The login must own the database; Beseda works as its role beseda_app.",
  ),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(12).describe("Connections per process."),
  REDIS_URL: url
    .optional()
    .describe("Redis, needed with more than one process. Without it events cross processes by polling."),
  ROLES: roleList
    .default([...roles])
    .describe(
      "What this process does, with commas between: web (HTTP, event streams), socket (WebSockets), worker (listeners, jobs), sequencer (the log's order; of several one works).",
    ),
  HOST: z.string().default("127.0.0.1").describe("Address to listen on."),
  PORT: z.coerce.number().int().min(0).max(65535).default(8080).describe("Port to listen on."),
  PUBLIC_URL: url.default("http://localhost:8080").describe("Where browsers find Beseda, without a slash at the end."),
  TRUSTED_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe("Proxies in front that write X-Forwarded-For, for limits by address. 0: whoever connects is the caller."),
  RATE_LIMITS: z
    .enum(["on", "off"])
    .default("on")
    .describe("off: no limit on the rate of requests nor on open sockets and streams, for measurements."),
  SOCKETS_PER_SECOND: z.coerce
    .number()
    .int()
    .min(1)
    .default(500)
    .describe("New WebSockets that a process takes in a second; more wait in line for up to 8 s."),
  DOCUMENTS: z
    .enum(["known", "any"])
    .default("known")
    .describe("What visitors and pages without a personal token may send: the widget's own documents, or any."),
  SECRET: z.string().min(32).describe("At least 32 characters of randomness; signs visitor tokens and cookies."),
  OIDC_ISSUER: url
    .optional()
    .describe(
      "Identity provider for staff, as https://sso.example.com/realms/acme. Without it: the embedded one, refused in production.",
    ),
  OIDC_CLIENT_ID: z.string().default("beseda").describe("Client id at the identity provider."),
  OIDC_CLIENT_SECRET: z.string().optional().describe("Client secret, for a confidential client."),
  STATE_DIR: z
    .string()
    .default(".beseda")
    .describe("Where the embedded identity provider keeps its accounts and keys."),
  DEMO_FILE: z
    .string()
    .optional()
    .describe(
      "What npm start told of its demo: opens /try, where shop and portal stand side by side. Not for production.",
    ),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
    .default("info")
    .describe("How much to log."),
  SHUTDOWN_SECONDS: seconds
    .min(1)
    .max(60)
    .default(10)
    .describe("How long stopping may take in all, in seconds; whatever is open then is cut."),
  SHUTDOWN_DELAY_SECONDS: seconds
    .min(0)
    .max(30)
    .default(2)
    .describe("How long of that a process goes on serving while /ready already says no, so that balancers turn away."),
  NODE_ENV: z
    .enum(["development", "production", "test"])
    .default("development")
    .describe("production refuses what is only for trying out."),
};

const schema = z.object(variables).refine((read) => read.SHUTDOWN_DELAY_SECONDS < read.SHUTDOWN_SECONDS, {
  path: ["SHUTDOWN_DELAY_SECONDS"],
  message: "must be less than SHUTDOWN_SECONDS",
});

export type Config = z.infer<typeof schema>;

/** A configuration that cannot be used; the message has one line for each problem. */
export class ConfigProblem extends Error {
  override name = "ConfigProblem";
}

type Environment = Record<string, string | undefined>;

/** Reads and checks the configuration; throws a `ConfigProblem` that names every problem at once. Empty means absent. */
export function readConfig(environment: Environment = process.env): Config {
  const given = present(environment);
  const read = schema.safeParse(given);
  const shape = read.error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];
  const problems = [...shape, ...unfitForProduction(given)];
  if (!read.success || problems.length > 0) throw new ConfigProblem(problems.join("\n"));
  return { ...read.data, PUBLIC_URL: read.data.PUBLIC_URL.replace(/\/$/, "") };
}

/** The database alone, for what needs nothing else, such as migrating. */
export function readDatabaseUrl(environment: Environment = process.env): string {
  const read = variables.DATABASE_URL.safeParse(present(environment).DATABASE_URL);
  if (read.success) return read.data;
  throw new ConfigProblem(`DATABASE_URL: ${read.error.issues[0]!.message}`);
}

function present(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
}

function unfitForProduction({ NODE_ENV, OIDC_ISSUER, PUBLIC_URL, DEMO_FILE }: Environment): string[] {
  if (NODE_ENV !== "production") return [];
  const problems: string[] = [];
  if (!OIDC_ISSUER) {
    problems.push("OIDC_ISSUER: the embedded identity provider is for trying out; production needs a real one");
  }
  if (!PUBLIC_URL?.startsWith("https://")) problems.push("PUBLIC_URL: production needs https");
  if (DEMO_FILE) problems.push("DEMO_FILE: a link that signs people in is for trying out");
  return problems;
}

/** The text of `.env.example`: each variable with its meaning and default. */
export function exampleEnvironment(): string {
  const lines = Object.entries(variables).map(([name, rule]) => {
    const fallback = rule instanceof z.ZodDefault ? String(rule.def.defaultValue) : "";
    const need = rule instanceof z.ZodDefault || rule instanceof z.ZodOptional ? "" : " Required.";
    return `# ${rule.description}${need}\n${need ? "" : "# "}${name}=${fallback}\n`;
  });
  return `# Every variable that Beseda reads. Printed from api/config.ts by \`npm run generate\`.\n\n${lines.join("\n")}`;
}
