/** The one mutable cell of the console: the state that everything on the page is a function of. */
export interface Store<State> {
  readonly get: () => State;
  /** Replaces the state; who subscribed is told unless it is the same object. */
  readonly update: (next: (state: State) => State) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createStore<State>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    update: (next) => {
      const updated = next(state);
      if (Object.is(updated, state)) return;
      state = updated;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
