import DataLoader from "dataloader";
import type { Context } from "./builder.ts";

/**
 * A loader for each request: what several fields of one answer ask for is fetched in one statement. `fetch` answers by key;
 * a key it leaves out gets `missing`.
 */
export function perRequest<T>(fetch: (context: Context, ids: string[]) => Promise<Map<string, T>>, missing: T) {
  const loaders = new WeakMap<Context, DataLoader<string, T>>();
  return (context: Context, id: string): Promise<T> => {
    let loader = loaders.get(context);
    if (!loader) {
      loader = new DataLoader(async (ids: readonly string[]) => {
        const found = await fetch(context, [...ids]);
        return ids.map((wanted) => found.get(wanted) ?? missing);
      });
      loaders.set(context, loader);
    }
    return loader.load(id);
  };
}
