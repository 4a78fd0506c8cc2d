/** A named event that a test waits for. */
const DEADLINE_MS = 10_000;

export interface Signal {
  readonly fire: () => void;
  /** Resolves when it has fired; rejects with its name when it does not in time. */
  readonly fired: () => Promise<void>;
}

export const signal = (name: string, deadlineMs = DEADLINE_MS): Signal => {
  let fire = () => {};
  const happened = new Promise<void>((resolve) => {
    fire = resolve;
  });
  return {
    fire,
    fired: async () => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`${name}: not in time`)), deadlineMs);
      });
      await Promise.race([happened, late]);
      clearTimeout(timer);
    },
  };
};
