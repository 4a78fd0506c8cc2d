/**
 * Passivation: entities that nobody uses forget their state, and are read again when they are next needed. So memory holds
 * those in use, not all there are.
 */
import type { Actor } from "./Actor.ts";

/** An entity that nobody has spoken to for so long, and that has nothing to do by itself, forgets its state. */
const PASSIVATE_AFTER_MS = 60_000;
/** Entities with their state in memory, some 40 KB each; beyond it those longest unused forget theirs. */
const MAX_LIVE = 50_000;

export const passivate = (residents: Iterable<Actor>, now: number): void => {
  const live: Array<Actor> = [];
  for (const actor of residents) {
    if (!actor.isLive) continue;
    const isIdle = actor.lastUsedAt < now - PASSIVATE_AFTER_MS && !actor.isNeeded;
    if (!isIdle || !actor.evict()) live.push(actor);
  }
  if (live.length <= MAX_LIVE) return;
  live.sort((one, other) => one.lastUsedAt - other.lastUsedAt);
  for (const actor of live.slice(0, live.length - MAX_LIVE)) actor.evict();
};
