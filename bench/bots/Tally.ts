/** What all bots together did: a line for each second, a sum at the end. */
import { Histogram } from "../support/Histogram.ts";

export interface Standing {
  /** Bots with an open socket. */
  readonly connected: number;
  readonly players: number;
  /** Requests without an answer. */
  readonly waiting: number;
  /** Money of all bots, held money included, minor units. */
  readonly balanceMinor: number;
}

const MINOR_PER_UNIT = 100;

const listed = (counts: ReadonlyMap<string, number>) =>
  counts.size === 0
    ? "none"
    : [...counts]
        .toSorted(([, a], [, b]) => b - a)
        .map(([code, count]) => `${code} ${count}`)
        .join(", ");

const add = (counts: Map<string, number>, name: string) =>
  counts.set(name, (counts.get(name) ?? 0) + 1);

export class Tally {
  readonly #latency = new Histogram();
  readonly #refusals = new Map<string, number>();
  readonly #allRefusals = new Map<string, number>();
  readonly #total = { bets: 0, cancels: 0, casts: 0 };
  #bets = 0;

  /** A request was carried out. */
  done(what: "bets" | "cancels" | "casts", latencyMs: number): void {
    this.#total[what] += 1;
    if (what === "bets") this.#bets += 1;
    this.#latency.record(latencyMs);
  }

  /** Refused by a rule, by its stable code; also by `offline` when the server could not be reached. */
  refused(code: string, latencyMs?: number): void {
    add(this.#refusals, code);
    add(this.#allRefusals, code);
    if (latencyMs !== undefined) this.#latency.record(latencyMs);
  }

  /** What happened since the last line. */
  line({ connected, players, waiting, balanceMinor }: Standing, seconds: number): string {
    const quantile = (fraction: number) =>
      this.#latency.count === 0 ? "–" : this.#latency.quantileMs(fraction).toFixed(1);
    const text =
      `${connected}/${players} players  ${(this.#bets / seconds).toFixed(0)} bets/s  ` +
      `p50 ${quantile(0.5)} ms  p99 ${quantile(0.99)} ms  waiting ${waiting}  ` +
      `money ${(balanceMinor / MINOR_PER_UNIT).toFixed(2)}  refused: ${listed(this.#refusals)}`;
    this.#bets = 0;
    this.#refusals.clear();
    this.#latency.reset();
    return text;
  }

  summary(): string {
    const { bets, cancels, casts } = this.#total;
    return `${bets} bets, ${cancels} cancelled, ${casts} powers cast; refused: ${listed(this.#allRefusals)}`;
  }
}
