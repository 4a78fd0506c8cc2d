/**
 * Password hashing with argon2id, off the event loop. One hash takes some 19 MB and 20 ms of a core on purpose, so only
 * few run at once and few wait; beyond that the caller is told to come back, and the games go on.
 */
import { hash, verify } from "@node-rs/argon2";
import { Unavailable } from "../../rpc/failure.ts";

/** Threads of the pool (four by default) that hashing may take; the rest stays for DNS, files and compression. */
const MAX_RUNNING = 2;
/** About two seconds' worth of waiting. */
const MAX_WAITING = 128;
const RETRY_AFTER_MS = 2000;

export class Passwords {
  private running = 0;
  private readonly waiting: Array<() => void> = [];
  /** What the password of an unknown user is compared with, so that the answer takes as long as for a known one. */
  private readonly decoy: Promise<string>;

  constructor(decoyPassword: string) {
    this.decoy = hash(decoyPassword);
  }

  /** Rejects with `Unavailable` when too many are waiting. */
  hash(password: string): Promise<string> {
    return this.limited(() => hash(password));
  }

  /** False too for an unknown user, after the same work. Rejects with `Unavailable` when too many are waiting. */
  matches(password: string, storedHash: string | undefined): Promise<boolean> {
    return this.limited(async () => {
      const matched = await verify(storedHash ?? (await this.decoy), password);
      return matched && storedHash !== undefined;
    });
  }

  private async limited<A>(work: () => Promise<A>): Promise<A> {
    if (this.running >= MAX_RUNNING) {
      if (this.waiting.length >= MAX_WAITING)
        throw new Unavailable({ reason: "too many logins", retryAfterMs: RETRY_AFTER_MS });
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }
}
