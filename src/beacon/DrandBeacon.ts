/**
 * Rounds of a drand chain over HTTP. The servers at the addresses need not be trusted: a round is checked against the
 * chain's key before it is given on, so all that a bad one can do is not to answer, and then the next is asked.
 */
import { Either, Schema } from "effect";
import type { Beacon } from "../../entities/raffle/beacon.ts";
import { isAuthentic } from "../../entities/raffle/draw/round.ts";
import { type BeaconChain, BeaconRound } from "../../rpc/raffle.ts";

/** They answer within a fraction of a second; a draw waits for the next round sooner than for a slow server. */
const ANSWER_WITHIN_MS = 3000;
/** A round is 400 bytes of JSON. */
const MAX_ANSWER_BYTES = 4096;
/**
 * Raffles with one draw date wait for one round: it is fetched and verified once for all of them. That takes 30 ms of CPU,
 * and 200 the first time.
 */
const MAX_KEPT_ROUNDS = 16;

/** What a server says to a round that is not published yet: not there, or too early. */
const NOT_YET: ReadonlySet<number> = new Set([404, 425]);

const decodeRound = Schema.decodeUnknownEither(Schema.parseJson(BeaconRound));

export interface DrandBeaconOptions {
  /** Asked in this order, such as `https://api.drand.sh`. */
  readonly urls: ReadonlyArray<string>;
  /** Told of each server that does not give what it should. */
  readonly log: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly answerWithinMs?: number;
}

export class DrandBeacon implements Beacon {
  readonly #options: DrandBeaconOptions;
  /** Those that were found, and those that are being asked for. */
  readonly #rounds = new Map<string, Promise<BeaconRound | undefined>>();

  constructor(options: DrandBeaconOptions) {
    this.#options = options;
  }

  /** Undefined while no server has it. Never rejects. */
  async round(chain: BeaconChain, round: number): Promise<BeaconRound | undefined> {
    const key = `${chain.chainHash} ${round}`;
    const known = this.#rounds.get(key);
    if (known !== undefined) return known;
    const asked = this.#askAll(chain, round);
    this.#rounds.set(key, asked);
    const [oldest] = this.#rounds.keys();
    if (this.#rounds.size > MAX_KEPT_ROUNDS && oldest !== undefined) this.#rounds.delete(oldest);
    const found = await asked;
    if (found === undefined) this.#rounds.delete(key);
    return found;
  }

  async #askAll(chain: BeaconChain, round: number): Promise<BeaconRound | undefined> {
    for (const url of this.#options.urls) {
      const found = await this.#ask(url, chain, round);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #ask(url: string, chain: BeaconChain, round: number): Promise<BeaconRound | undefined> {
    const refuse = (because: string) => {
      this.#options.log("a drand server did not give a round", { url, round, because });
      return undefined;
    };
    try {
      const response = await fetch(`${url.replace(/\/$/, "")}/${chain.chainHash}/public/${round}`, {
        headers: { accept: "application/json" },
        redirect: "error",
        signal: AbortSignal.timeout(this.#options.answerWithinMs ?? ANSWER_WITHIN_MS),
      });
      if (!response.ok) {
        await response.body?.cancel();
        return NOT_YET.has(response.status) ? undefined : refuse(`it answers ${response.status}`);
      }
      const read = decodeRound(await textOf(response));
      if (Either.isLeft(read)) return refuse("its answer is no round");
      if (read.right.round !== round) return refuse(`it answers with round ${read.right.round}`);
      return isAuthentic(chain, read.right) ? read.right : refuse("its round is not authentic");
    } catch (cause) {
      return refuse(String(cause));
    }
  }
}

/** The whole answer; rejects when it is longer than any round. */
const textOf = async (response: Response): Promise<string> => {
  const chunks: Array<Uint8Array> = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES)
      throw new Error(`its answer is longer than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};
