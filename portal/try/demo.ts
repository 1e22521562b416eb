import { readFileSync } from "node:fs";
import { z } from "zod";

const shape = z.object({
  urls: z.object({ try: z.url(), graphql: z.url(), shop: z.url() }),
  integratorToken: z.string(),
  agents: z.array(z.object({ name: z.string(), email: z.string() })),
});

/** What the page for trying out needs of what npm start told. */
export type Demo = z.infer<typeof shape>;

/** Reads what the present start has told; throws where the file is not such. */
export function readDemo(file: string): Demo {
  return shape.parse(JSON.parse(readFileSync(file, "utf8")));
}

/** The key in the link that the terminal shows. */
export function keyOf({ urls }: Demo): string {
  return new URL(urls.try).searchParams.get("key") ?? "";
}
