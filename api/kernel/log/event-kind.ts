import type { z } from "zod";

/** Makes a payload of one version into that of the next. */
// biome-ignore lint/suspicious/noExplicitAny: each knows the one version that it is given
export type Upcaster = (payload: any) => unknown;

/**
 * A type of event: what its payload is today, and how payloads of earlier versions become that, the first version's
 * first. Today's version is one more than there are upcasters.
 */
export type EventKind<T extends string = string, P extends z.ZodType = z.ZodType> = {
  type: T;
  payload: P;
  upcasters: readonly Upcaster[];
};

/** What each of these kinds carries, by type. */
export type PayloadsOf<K extends readonly EventKind[]> = { [E in K[number] as E["type"]]: z.infer<E["payload"]> };

const kinds = new Map<string, EventKind>();

/**
 * Declares a type of event. A payload has ids, states and times; never a body, a name or an address. When it changes, the
 * version does: add an upcaster, and a fixture of the new version beside the old ones, which stay for ever.
 */
export function eventKind<T extends string, P extends z.ZodType>(
  type: T,
  payload: P,
  upcasters: readonly Upcaster[] = [],
): EventKind<T, P> {
  const kind = { type, payload, upcasters };
  kinds.set(type, kind);
  return kind;
}

const ownKinds = new Set<string>();

/** Declares that events of this kind are told to one agent alone, whom each names: one that names nobody is told to nobody. */
export function toldToOne<K extends EventKind>(kind: K): K {
  ownKinds.add(kind.type);
  return kind;
}

/** The types that are told to one agent alone. */
export function typesToldToOne(): string[] {
  return [...ownKinds];
}

/** The version that payloads of this type have when they are recorded today. */
export function versionOf(type: string): number {
  return 1 + (kinds.get(type)?.upcasters.length ?? 0);
}

/** A recorded payload as one of today's version. It is not checked again: that is for tests and proofs. */
export function upcast({ type, version, payload }: { type: string; version: number; payload: unknown }): unknown {
  const missed = kinds.get(type)?.upcasters.slice(version - 1) ?? [];
  return missed.reduce((known, next) => next(known), payload);
}
