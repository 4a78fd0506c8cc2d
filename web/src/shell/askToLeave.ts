/** Leaving is asked for in more than one place, and confirmed in one. */
const listeners = new Set<() => void>();

export function askToLeave(): void {
  for (const listener of listeners) listener();
}

export function onAskToLeave(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
