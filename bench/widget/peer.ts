import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { build, type Rollup } from "vite";

const folder = "bench/peers";

/** The peer's chat as one script, as a site's own bundler makes it. Installs what it needs, apart from ours, when it is not there. */
export async function bundlePeer(): Promise<string> {
  if (!existsSync(`${folder}/node_modules/@papercups-io/chat-widget`)) {
    const { status, stderr } = spawnSync("npm", ["ci", "--ignore-scripts", "--legacy-peer-deps"], {
      cwd: folder,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`@papercups-io/chat-widget cannot be had: ${stderr.trim().split("\n").at(-1)}`);
  }
  const built = await build({
    ...{ configFile: false, publicDir: false, logLevel: "silent" },
    define: { "process.env.NODE_ENV": '"production"' },
    build: { write: false, target: "es2022", rolldownOptions: { input: `${folder}/papercups.jsx` } },
  });
  return (built as Rollup.RollupOutput).output[0].code;
}
