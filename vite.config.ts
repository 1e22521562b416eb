import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, defineConfig, type Plugin, type Rollup, type UserConfig } from "vite";

const TARGET = "es2022";
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
    define: { VERSION: JSON.stringify(JSON.parse(readFileSync("package.json", "utf8")).version) },
    plugins: [unindented(), loader(), budget({ "loader.js": 600, "beseda-chat.js": 23_800 }), precompressed()],
    build: {
      outDir: "dist/widget",
      target: TARGET,
      // Below these, light-dark() would be rewritten into something that does not follow color-scheme in a shadow root.
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      modulePreload: false,
      reportCompressedSize: false,
      // A library, since what Vite puts around the imports of an application preloads styles: 0.8 kB for what we have none of.
      lib: { entry: { "beseda-chat": "widget/index.ts" }, formats: ["es"] },
      rolldownOptions: {
        preserveEntrySignatures: false,
        // Fixed names: they are public addresses under /widget/v1/.
        output: { minify: true, comments: false, entryFileNames: "[name].js", chunkFileNames: "[name].[hash].js" },
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
    plugins: [withoutEmbeddedFonts(), precompressed()],
    resolve: { alias: { "react-style-singleton": resolve("portal/graphiql/style-singleton.ts") } },
    build: {
      outDir: "dist/portal",
      target: "es2022",
      manifest: "manifest.json",
      modulePreload: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 4_000,
      rolldownOptions: {
        // React's libraries mark files for servers that we do not have.
        onLog: (level, entry, report) => entry.code === "MODULE_LEVEL_DIRECTIVE" || report(level, entry),
        input: {
          portal: "portal/browser/app.ts",
          graphiql: "portal/graphiql/graphiql.tsx",
          try: "portal/browser/try.ts",
        },
        output: {
          entryFileNames: "[name].[hash].js",
          chunkFileNames: "[name].[hash].js",
          assetFileNames: "[name].[hash][extname]",
        },
      },
    },
  };
}

/** The loader is a program of its own: what it shares with the rest stands in both. Its style is written in lines for us, not for the wire. */
function loader(): Plugin {
  const joined: Plugin = {
    name: "joined",
    enforce: "pre",
    transform: (code, id) => (id.endsWith("widget/loader.ts") ? code.replace(/!important;\n +/g, "!important;") : null),
  };
  return {
    name: "loader",
    async generateBundle() {
      const output = { format: "esm" as const };
      const rolldownOptions = { input: "widget/loader.ts", output };
      const options = { target: TARGET, write: false, modulePreload: false as const, rolldownOptions };
      const built = await build({
        configFile: false,
        publicDir: false,
        logLevel: "warn",
        plugins: [joined],
        build: options,
      });
      const [chunk] = (built as Rollup.RollupOutput).output;
      this.emitFile({ type: "asset", fileName: "loader.js", source: chunk.code });
    },
  };
}

/** The templates of the widget's elements are indented for us, not for the wire: no text of theirs depends on it. */
function unindented(): Plugin {
  return {
    name: "unindented",
    enforce: "pre",
    transform: (code, id) => (/widget\/elements\/[\w-]+\.ts$/.test(id) ? code.replace(/\n +/g, "\n") : null),
  };
}

/** GraphiQL's stylesheet carries 370 kB of fonts as data: addresses, which our policy refuses. */
function withoutEmbeddedFonts(): Plugin {
  return {
    name: "without-embedded-fonts",
    enforce: "pre",
    transform: (code, id) => (/graphiql.*\/style\.css/.test(id) ? code.replace(/@font-face\s*\{[^}]*\}/g, "") : null),
  };
}

/** Puts a .br and a .gz beside every text file, so that serving costs no compression. */
function precompressed(): Plugin {
  return {
    name: "precompressed",
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => /\.(js|css)$/.test(file))) {
        const content = readFileSync(join(dir!, name));
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
        writeFileSync(join(dir!, `${name}.br`), brotliCompressSync(content, { params }));
        writeFileSync(join(dir!, `${name}.gz`), gzipSync(content, { level: 9 }));
      }
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
        if (!file) throw new Error(`${name} was not built`);
        const bytes = brotliCompressSync(file.type === "chunk" ? file.code : file.source).length;
        this.info(`${name} ${bytes} bytes brotli, limit ${limit}`);
        if (bytes > limit) throw new Error(`${name} is ${bytes} bytes brotli, over its limit of ${limit}`);
      }
    },
  };
}
