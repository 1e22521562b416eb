import { defineConfig } from "vitest/config";

/** The name of a file tells what it needs: x.test.ts nothing, x.integration.test.ts servers, x.e2e.test.ts a browser too. */
const integration = "tests/**/*.integration.test.ts";
const endToEnd = "tests/**/*.e2e.test.ts";

export default defineConfig({
  test: {
    globalSetup: "tests/support/servers.ts",
    projects: [
      { test: { name: "unit", include: ["tests/**/*.test.ts"], exclude: [integration, endToEnd] } },
      { test: { name: "integration", include: [integration], testTimeout: 20_000, hookTimeout: 30_000 } },
      { test: { name: "e2e", include: [endToEnd], testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false } },
    ],
  },
});
