/**
 * Stands beside every `ask`, of clients and of entities, and holds each answer against the journal at the moment it is
 * given: a reply that is not in the journal is one that a crash could take back.
 */
import { contractCodec, type ContractCodec, type Payload } from "../../src/actor/Message.ts";
import type { AnyContract, ReplyOf } from "../../rpc/contract.ts";
import type { Raffle } from "../../rpc/raffle.ts";
import type { ReservationBody } from "../../rpc/reservationBody.ts";
import type { Ask, AskOptions, Outcome } from "../../src/actor/Ask.ts";
import type { AnyDurableActor } from "../../src/actor/DurableActor.ts";
import type { Bookkeeper } from "./Bookkeeper.ts";
import type { Lane } from "./Scheduler.ts";

/** Answers of the shell, which say nothing about a command. */
const SHELL = new Set(["Unavailable"]);

type Grid = ReplyOf<typeof Raffle, "GetGrid">;

interface Outstanding {
  readonly lane: Lane;
  readonly since: number;
  readonly what: string;
}

export class Witness {
  readonly #books: Bookkeeper;
  readonly #fail: (sentence: string) => void;
  readonly #now: () => number;
  readonly #codecs = new Map<string, ContractCodec>();
  readonly #outstanding = new Set<Outstanding>();
  /** Who was told to have bought what. */
  readonly #buyers = new Map<string, string>();
  answers = 0;

  constructor(books: Bookkeeper, now: () => number, fail: (sentence: string) => void) {
    this.#books = books;
    this.#fail = fail;
    this.#now = now;
  }

  /** Questions of living processes that have had no answer for so long. */
  unanswered(forMs: number): ReadonlyArray<string> {
    const found: Array<string> = [];
    for (const { lane, since, what } of this.#outstanding)
      if (!lane.hasEnded && since + forMs <= this.#now()) found.push(`${lane.name}: ${what}`);
    return found;
  }

  /** A player was told that it has bought these numbers: nobody else ever may be. */
  owns(playerId: string, { numbers, raffle_id: raffleId }: ReservationBody): void {
    for (const { id } of numbers) {
      const name = `number ${id} of ${raffleId}`;
      const other = this.#buyers.get(name) ?? playerId;
      if (other !== playerId) this.#fail(`${other} and ${playerId} were told to have ${name}`);
      this.#buyers.set(name, playerId);
    }
  }

  beside(lane: Lane, ask: Ask): Ask {
    const asked = async (
      contract: AnyContract,
      tag: string,
      payload: Payload,
      options?: AskOptions,
    ): Promise<Outcome<unknown, unknown>> => {
      const what = `${contract.kind} ${payload.entityId} ${tag} ${payload.commandId ?? ""}`;
      const outstanding = { lane, since: this.#now(), what };
      this.#outstanding.add(outstanding);
      const outcome: Outcome<unknown, unknown> = await ask(
        contract as never,
        tag as never,
        payload as never,
        options,
      );
      this.#outstanding.delete(outstanding);
      this.#check(contract, tag, payload, outcome);
      return outcome;
    };
    return asked as unknown as Ask;
  }

  /** The actor with a witness beside what its process asks. */
  attending(lane: Lane, actor: AnyDurableActor): AnyDurableActor {
    const { process } = actor;
    if (process === undefined) return actor;
    return {
      ...actor,
      process: {
        ...process,
        run: (context) => process.run({ ...context, ask: this.beside(lane, context.ask) }),
      },
    };
  }

  #check(
    contract: AnyContract,
    tag: string,
    payload: Payload,
    outcome: Outcome<unknown, unknown>,
  ): void {
    const { commandId, entityId } = payload;
    if (tag === "GetGrid" && outcome.ok && "playerId" in payload)
      return this.#compareGrid(entityId, String(payload.playerId), outcome.value as Grid);
    if (commandId === undefined) return;
    const error = outcome.ok ? undefined : (outcome.error as { readonly _tag: string });
    if (error !== undefined && SHELL.has(error._tag)) return;
    this.answers++;
    const what = `${contract.kind} ${entityId} ${tag} ${commandId}`;
    // Here nobody uses a key twice for different things.
    if (error?._tag === "IdempotencyKeyReused")
      return this.#fail(`${what} was refused as a repetition of something else`);
    const stored = this.#books.replyTo({ kind: contract.kind, entityId }, commandId);
    if (stored === undefined || stored === null)
      return this.#fail(`${what} was answered, and the journal does not have it`);
    const given = outcome.ok
      ? { ok: true, value: outcome.value }
      : { ok: false, error: this.#codecOf(contract).get(tag)?.encodeFailure(outcome.error) };
    if (JSON.stringify(given) !== JSON.stringify(stored))
      this.#fail(
        `${what} was answered ${JSON.stringify(given)}, and the journal says ${JSON.stringify(stored)}`,
      );
  }

  /** What a player was shown as its own is what it had at that version. */
  #compareGrid(raffleId: string, playerId: string, { mine, raffle }: Grid): void {
    const owners = this.#books.ownersAt(raffleId, raffle.stateVersion);
    if (owners === undefined)
      return this.#fail(`${raffleId} was shown at ${raffle.stateVersion}, ahead of the journal`);
    const theirs = [...owners]
      .flatMap(([number, owner]) => (owner.playerId === playerId ? [number] : []))
      .toSorted((one, other) => one - other);
    if (theirs.join() !== mine.join())
      this.#fail(
        `${playerId} was shown ${mine.join()} of ${raffleId} at ${raffle.stateVersion}, and has ${theirs.join()}`,
      );
  }

  #codecOf(contract: AnyContract): ContractCodec {
    let codec = this.#codecs.get(contract.kind);
    if (codec === undefined) this.#codecs.set(contract.kind, (codec = contractCodec(contract)));
    return codec;
  }
}
