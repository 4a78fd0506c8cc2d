/** What happened, step by step: as a hash of everything, and the last steps as text. Two equal hashes are two equal runs. */

/** Steps kept as text. */
const KEPT_STEPS = 120;
/** FNV-1a's prime, applied to two lanes with different offsets. */
const PRIME = 0x01000193;

export class Trace {
  #low = 0x811c9dc5;
  #high = 0xcbf29ce4;
  #steps: Array<string> = [];
  count = 0;
  /** Shown each step as text when it happens. */
  onNote: ((step: string) => void) | undefined;

  /** Hashed only. */
  mark(at: number, text: string): void {
    this.count++;
    this.#mix(Math.floor(at * 1000) | 0);
    for (let i = 0; i < text.length; i++) this.#mix(text.charCodeAt(i));
  }

  /** Hashed, and shown when the run fails. */
  note(at: number, text: string): void {
    this.mark(at, text);
    this.#steps.push(`${at.toFixed(2).padStart(12)}  ${text}`);
    if (this.#steps.length > 2 * KEPT_STEPS) this.#steps = this.#steps.slice(-KEPT_STEPS);
    this.onNote?.(this.#steps.at(-1) as string);
  }

  #mix(value: number): void {
    this.#low = Math.imul(this.#low ^ value, PRIME);
    this.#high = Math.imul(this.#high ^ (value + 0x9e37), PRIME) ^ (this.#low >>> 13);
  }

  get hash(): string {
    const hex = (word: number) => (word >>> 0).toString(16).padStart(8, "0");
    return hex(this.#high) + hex(this.#low);
  }

  lastSteps(count = KEPT_STEPS): ReadonlyArray<string> {
    return this.#steps.slice(-count);
  }
}
