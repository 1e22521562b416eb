import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";
import { now } from "../../kernel/clock.ts";

const MAX_ENTRIES = 10_000;

/**
 * The embedded provider's sessions, begun sign-ins, codes and tokens: in memory, bounded, gone with the process. Instead
 * of the library's own, which all providers of a process share and which warns on the terminal.
 */
export function memoryStore(): AdapterFactory {
  const entries = new Map<string, { payload: AdapterPayload; endsAt: number }>();

  const find = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    if (entry && entry.endsAt > now().getTime()) return entry.payload;
    entries.delete(key);
    return undefined;
  };

  return (model): Adapter => ({
    upsert: async (id, payload, expiresIn) => {
      const key = `${model}:${id}`;
      entries.delete(key);
      entries.set(key, { payload, endsAt: now().getTime() + (expiresIn || 0) * 1000 });
      if (entries.size > MAX_ENTRIES) entries.delete(entries.keys().next().value!);
    },
    find: async (id) => find(`${model}:${id}`),
    findByUid: async (uid) => {
      const found = [...entries].find(([key, { payload }]) => key.startsWith(`${model}:`) && payload.uid === uid);
      return found && find(found[0]);
    },
    findByUserCode: async () => undefined,
    consume: async (id) => {
      const payload = find(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(now().getTime() / 1000);
    },
    destroy: async (id) => {
      entries.delete(`${model}:${id}`);
    },
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  });
}
