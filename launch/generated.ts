/** The committed files that are printed from code: each with its text as it should be. */
export async function generated(): Promise<Map<string, string>> {
  const { sdl } = await import("../api/schema.ts");
  const { exampleEnvironment } = await import("../api/config.ts");
  return new Map([
    ["api/schema.graphql", sdl],
    [".env.example", exampleEnvironment()],
  ]);
}
