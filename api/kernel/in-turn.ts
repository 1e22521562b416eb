const lasts = new Map<string, Promise<unknown>>();

/** Runs work of the same key one after another in this process, whatever came of the one before. */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = lasts.get(key);
  const own = (async () => {
    await before?.catch(() => {});
    return work();
  })();
  lasts.set(key, own);
  try {
    return await own;
  } finally {
    if (lasts.get(key) === own) lasts.delete(key);
  }
}
