import { brotliCompressSync } from "node:zlib";
import { defineConfig, type Plugin, type UserConfig } from "vite";

const rooms: Record<string, () => UserConfig> = { widget, portal };

/** What browsers load. One room at a time: `vite build --mode widget`. */
export default defineConfig(({ mode }) => {
  const room = rooms[mode];
  if (!room) throw new Error(`vite build --mode ${Object.keys(rooms).join(" | ")}`);
  return room();
});

function widget(): UserConfig {
  return {
    publicDir: false,
    plugins: [budget({ "loader.js": 600, "beseda-chat.js": 28_000 - 600 })],
    build: {
      outDir: "dist/widget",
      target: "es2022",
      // Below these, light-dark() would be rewritten into something that does not follow color-scheme in a shadow root.
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { loader: "widget/loader.ts", "beseda-chat": "widget/index.ts" },
        // Fixed names: they are public addresses under /widget/v1/.
        output: { entryFileNames: "[name].js" },
      },
    },
  };
}

// The names carry their content's hash, so that browsers may keep the files for ever; the manifest says which is which.
function portal(): UserConfig {
  return {
    base: "/assets/",
    publicDir: "portal/public",
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      outDir: "dist/portal",
      target: "es2022",
      manifest: "manifest.json",
      modulePreload: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 4_000,
      rolldownOptions: {
        input: { portal: "portal/browser/app.ts" },
        output: {
          entryFileNames: "[name].[hash].js",
          chunkFileNames: "[name].[hash].js",
          assetFileNames: "[name].[hash][extname]",
        },
      },
    },
  };
}

/** Prints what a file weighs on the wire and refuses to build one that is over its limit, in bytes of brotli. */
function budget(limits: Record<string, number>): Plugin {
  return {
    name: "budget",
    generateBundle(_options, bundle) {
      for (const [name, limit] of Object.entries(limits)) {
        const file = bundle[name];
        if (file?.type !== "chunk") throw new Error(`${name} was not built`);
        const bytes = brotliCompressSync(file.code).length;
        this.info(`${name} ${bytes} bytes brotli, limit ${limit}`);
        if (bytes > limit) throw new Error(`${name} is ${bytes} bytes brotli, over its limit of ${limit}`);
      }
    },
  };
}
