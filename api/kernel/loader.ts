import DataLoader from "dataloader";
import type { Context } from "./builder.ts";
import type { Transaction } from "./database.ts";

/**
 * A loader for each request: what several fields of one answer ask for in the same tick is fetched in one statement, each key
 * once. Nothing is kept beyond that: the second mutation of a document tells what it made of what the first one told. `fetch`
 * answers by key; a key it leaves out gets `missing`.
 */
export function perRequest<T>(fetch: (context: Context, ids: string[]) => Promise<Map<string, T>>, missing: T) {
  const loaders = new WeakMap<Context, DataLoader<string, T>>();
  return (context: Context, id: string): Promise<T> => {
    let loader = loaders.get(context);
    if (!loader) {
      const load = async (ids: readonly string[]) => {
        const found = await fetch(context, [...new Set(ids)]);
        return ids.map((wanted) => found.get(wanted) ?? missing);
      };
      loader = new DataLoader(load, { cache: false });
      loaders.set(context, loader);
    }
    return loader.load(id);
  };
}

/**
 * A loader for each transaction: what those who share it ask in the same tick is one statement, with many rows. `run`
 * answers in the order of what was asked; when it fails, it fails for all.
 */
export function perTransaction<Asked, Answer>(run: (tx: Transaction, asked: Asked[]) => Promise<Answer[]>) {
  const loaders = new WeakMap<Transaction, DataLoader<Asked, Answer>>();
  return (tx: Transaction, asked: Asked): Promise<Answer> => {
    let loader = loaders.get(tx);
    if (!loader) {
      loader = new DataLoader((all: readonly Asked[]) => run(tx, [...all]), { cache: false });
      loaders.set(tx, loader);
    }
    return loader.load(asked);
  };
}
