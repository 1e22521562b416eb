import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ConfigProblem, exampleEnvironment, readConfig, variables } from "../../api/config.ts";

const enough = { DATABASE_URL: "postgres://me@127.0.0.1:5432/beseda", SECRET: "s".repeat(32) };
const production = {
  ...enough,
  ...{ NODE_ENV: "production", PUBLIC_URL: "https://chat.example", OIDC_ISSUER: "https://sso.example/realms/acme" },
};

function problemsOf(environment: Record<string, string | undefined>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (problem) {
    expect(problem).toBeInstanceOf(ConfigProblem);
    return (problem as Error).message.split("\n");
  }
}

describe("the configuration", () => {
  it("needs a database and a secret, and has a default for the rest", () => {
    expect(readConfig(enough)).toMatchObject({
      ...{ PORT: 8080, HOST: "127.0.0.1", PUBLIC_URL: "http://localhost:8080", NODE_ENV: "development", ...enough },
    });
  });

  it("names every problem at once, each by its variable", () => {
    const broken = {
      DATABASE_URL: "nowhere",
      SECRET: "short",
      PORT: "70000",
      LOG_LEVEL: "loud",
      DATABASE_POOL: "many",
    };
    const problems = problemsOf(broken);
    expect(problems.map((problem) => problem.split(":")[0]).sort()).toEqual(Object.keys(broken).sort());
  });

  it("does not print the secret or the database's password in a problem", () => {
    const problems = problemsOf({ DATABASE_URL: "hunter2", SECRET: "tooshort" }).join("\n");
    expect(problems).not.toMatch(/hunter2|tooshort/);
  });

  it("takes an empty variable for an absent one", () => {
    expect(readConfig({ ...enough, REDIS_URL: "", PORT: "" })).toMatchObject({ PORT: 8080 });
    expect(problemsOf({ ...enough, SECRET: "" })).toHaveLength(1);
  });

  it("takes the slash from the end of the public address", () => {
    expect(readConfig({ ...enough, PUBLIC_URL: "https://chat.example/" }).PUBLIC_URL).toBe("https://chat.example");
  });

  it("gives a process every role unless it is told which", () => {
    expect(readConfig(enough).ROLES).toEqual(["web", "socket", "worker", "sequencer"]);
    expect(readConfig({ ...enough, ROLES: "worker, sequencer" }).ROLES).toEqual(["worker", "sequencer"]);
  });

  it.each(["clerk", "web,clerk", "web,", " ", ","])(
    "refuses the roles %j in one sentence that names them all",
    (ROLES) => {
      expect(problemsOf({ ...enough, ROLES })).toEqual([
        "ROLES: must name some of web, socket, worker, sequencer, with commas between them",
      ]);
    },
  );

  it("refuses a shutdown that would be over before it begins", () => {
    const given = { ...enough, SHUTDOWN_SECONDS: "3", SHUTDOWN_DELAY_SECONDS: "3" };
    expect(problemsOf(given)).toEqual(["SHUTDOWN_DELAY_SECONDS: must be less than SHUTDOWN_SECONDS"]);
  });

  it("refuses the embedded identity provider in production", () => {
    expect(problemsOf(production)).toEqual([]);
    expect(problemsOf({ ...production, OIDC_ISSUER: undefined })).toEqual([expect.stringMatching(/^OIDC_ISSUER: /)]);
  });

  it("refuses plain http in production", () => {
    expect(problemsOf({ ...production, PUBLIC_URL: "http://chat.example" })).toEqual([
      expect.stringMatching(/^PUBLIC_URL: /),
    ]);
  });
});

describe(".env.example", () => {
  it("is printed from the table of variables", () => {
    expect(readFileSync(".env.example", "utf8")).toBe(exampleEnvironment());
  });

  it("explains every variable and gives nothing away", () => {
    const text = exampleEnvironment();
    for (const name of Object.keys(variables)) expect(text).toMatch(new RegExp(`# .+\n(# )?${name}=`));
    expect(text).toMatch(/\nSECRET=\n/);
  });
});
