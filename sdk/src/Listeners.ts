/** Who wants to be told of something. What one of them throws is reported and reaches neither the others nor the teller. */
export interface Listeners<Event> {
  /** Adds one; returns what removes it again. */
  readonly add: (listener: (event: Event) => void) => () => void;
  readonly tell: (event: Event) => void;
  readonly count: () => number;
}

export function createListeners<Event>(onError: (error: unknown) => void): Listeners<Event> {
  // Wrapped, so that one function added twice is told twice and removed once.
  const listeners = new Set<{ readonly listener: (event: Event) => void }>();
  return {
    add: (listener) => {
      const entry = { listener };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    tell: (event) => {
      for (const { listener } of [...listeners]) {
        try {
          listener(event);
        } catch (error) {
          onError(error);
        }
      }
    },
    count: () => listeners.size,
  };
}
