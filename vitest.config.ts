import { defineConfig } from "vitest/config";

/** The name of a file tells what it needs: x.test.ts nothing, x.integration.test.ts servers, x.e2e.test.ts a browser too. */
const integration = "tests/**/*.integration.test.ts";
const endToEnd = "tests/**/*.e2e.test.ts";

/** As Node itself finds it: vite would take graphql's ESM copy beside the CommonJS one that Pothos requires. */
const resolve = { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] };

// A shared CI machine may stand still for seconds. Who needed it is marked "(retry x1)": look at why.
const retry = process.env.CI ? 1 : 0;

export default defineConfig({
  test: {
    globalSetup: "tests/support/servers.ts",
    projects: [
      { resolve, test: { name: "unit", include: ["tests/**/*.test.ts"], exclude: [integration, endToEnd] } },
      {
        resolve,
        test: { name: "integration", include: [integration], testTimeout: 20_000, hookTimeout: 30_000, retry },
      },
      {
        test: {
          ...{ name: "e2e", include: [endToEnd], globalSetup: "tests/e2e/shared-beseda.ts", fileParallelism: false },
          ...{ testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 15_000 } } },
          retry,
        },
      },
    ],
  },
});
