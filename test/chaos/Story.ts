/**
 * A run that never was: players who bet, cancel, read and are paid, with the history and the journal that a sound system
 * would leave. Tests of the checker tell a story and then break it.
 */
import { intentDigest } from "../../entities/intent.ts";
import type { PlayerId } from "../../rpc/id.ts";
import { goldenJournals } from "../entities/golden/Golden.ts";
import type { Evidence } from "./checker.ts";
import { frameDigest } from "./frameDigest.ts";
import type { Answered, Body, FrameKind, Line, Request } from "./History.ts";
import type { Entry, Line as LedgerLine, TaggedEvent } from "./Journal.ts";
import { changed, changeOf, type Money, NOTHING } from "./WalletBook.ts";

export const LOBBY = "derby";
export const RACE = "derby-1";
const OPENED_AT = 1_700_000_000_000;
const GRANT = 100_000;
const FEE_PER_MILLE = 50;

/** When a request was sent and answered; the effect is between, in the order in which the story is told. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

interface Written {
  readonly commandId: string;
  readonly command: string;
  readonly events: ReadonlyArray<TaggedEvent>;
  readonly reply?: unknown;
  readonly refusal?: string;
  readonly lines?: ReadonlyArray<LedgerLine>;
  readonly at: number;
}

export class Story {
  readonly history: Array<Line> = [];
  readonly journal: Array<Entry> = [];
  readonly #money = new Map<string, Money>();
  readonly #versions = new Map<string, number>();
  #ops = 0;

  /** A lobby that takes bets, and what its clients saw of that: the beginning of a race that was once run. */
  constructor() {
    const [, golden] = goldenJournals().find(([name]) => name === "whole-race.json") ?? [];
    const lobby = golden?.entities.find(({ entityId }) => entityId === LOBBY);
    for (const { at, command, events, version } of lobby?.entries.slice(0, 2) ?? [])
      this.write("lobby", LOBBY, {
        commandId: `~${command}:${version}`,
        command,
        events: events as ReadonlyArray<TaggedEvent>,
        at,
      });
  }

  get evidence(): Evidence {
    const history = this.history.toSorted((one, other) => one.at - other.at);
    return { history, journal: this.journal };
  }

  /** Milliseconds of the story as a time. */
  time(ms: number): number {
    return OPENED_AT + ms;
  }

  balance(player: string): Money {
    return this.#money.get(player) ?? NOTHING;
  }

  write(kind: string, entityId: string, written: Written): Entry {
    const name = `${kind} ${entityId}`;
    const version = (this.#versions.get(name) ?? 0) + 1;
    this.#versions.set(name, version);
    const { at, command, commandId, events, lines = [], refusal, reply } = written;
    if (kind === "wallet")
      this.#money.set(entityId, changed(this.balance(entityId), events.map(changeOf)) ?? NOTHING);
    const stored =
      refusal !== undefined
        ? ({ ok: false, error: { _tag: refusal } } as const)
        : reply === undefined
          ? null
          : ({ ok: true, value: reply } as const);
    const entry = { kind, entityId, version, commandId, command, events, reply: stored, at, lines };
    this.journal.push(entry);
    return entry;
  }

  join(player: string, ms = 0): void {
    this.write("wallet", player, {
      commandId: `open:${player}`,
      command: "Open",
      events: [{ _tag: "WalletOpened", grantMinor: GRANT }],
      lines: [{ debit: "house:grants", credit: `player:${player}:available`, amount: GRANT }],
      at: this.time(ms),
    });
  }

  /** The wallet's side of a bet: money is held, and what the reply says. */
  hold(player: string, key: string, stake: number, ms: number): Body {
    const digest = digestOf(player, key);
    const holdId = `${LOBBY}:${digest}`;
    const held = { _tag: "MoneyHeld", holdId, amountMinor: stake, ref: RACE };
    const after = changed(this.balance(player), [changeOf(held)]) ?? NOTHING;
    this.write("wallet", player, {
      commandId: `hold:${digest}`,
      command: "Hold",
      events: [held],
      reply: { balance: { totalMinor: after.total, lockedMinor: after.locked }, ref: RACE },
      lines: [
        { debit: `player:${player}:available`, credit: `player:${player}:held`, amount: stake },
      ],
      at: this.time(ms),
    });
    return this.#wallet(player);
  }

  accept(player: string, key: string, stake: number, ms: number): string {
    const digest = digestOf(player, key);
    const betId = `${LOBBY}:${digest}`;
    const bet = { playerId: player, market: "win", selection: [1], stakeMinor: stake };
    this.write("lobby", LOBBY, {
      commandId: `accept:${digest}`,
      command: "AcceptBet",
      events: [{ _tag: "BetAccepted", betId, ...bet, at: this.time(ms) }],
      reply: { betId },
      at: this.time(ms),
    });
    return betId;
  }

  /** A bet that is placed and answered. */
  bet(player: string, key: string, stake: number, { from, to }: Span): string {
    const op = this.ask(player, { kind: "bet", key, lobbyId: LOBBY, stake }, from);
    const middle = Math.floor((from + to) / 2);
    const wallet = this.hold(player, key, stake, middle);
    const betId = this.accept(player, key, stake, middle);
    this.answer(op, to, 201, { bet_id: betId, stake, wallet });
    return betId;
  }

  cancel(player: string, key: string, betId: string, { from, to }: Span): void {
    const op = this.ask(player, { kind: "cancel", key, betId }, from);
    const at = this.time(Math.floor((from + to) / 2));
    const stake = this.balance(player).holds.get(betId) ?? 0;
    const fee = Math.ceil((stake * FEE_PER_MILLE) / 1000);
    const bet = { playerId: player, market: "win", selection: [1], stakeMinor: stake, at };
    const money = { refundMinor: stake - fee, feeMinor: fee };
    this.write("lobby", LOBBY, {
      commandId: `cancel:${digestOf(player, key)}`,
      command: "CancelBet",
      events: [{ _tag: "BetCancelled", betId, bet, ...money, at }],
      reply: { betId },
      at,
    });
    this.release(player, betId, stake, fee, at);
    const wallet = this.#wallet(player);
    this.answer(op, to, 200, { bet_id: betId, refund: stake - fee, fee, wallet });
  }

  release(player: string, holdId: string, amount: number, fee: number, at: number): void {
    const { locked, total } = this.balance(player);
    const held = `player:${player}:held`;
    this.write("wallet", player, {
      commandId: `release:${holdId}`,
      command: "Release",
      events: [{ _tag: "HoldReleased", holdId, amountMinor: amount, feeMinor: fee }],
      reply: { balance: { totalMinor: total - fee, lockedMinor: locked - amount } },
      lines: [
        { debit: held, credit: `player:${player}:available`, amount: amount - fee },
        ...(fee === 0 ? [] : [{ debit: held, credit: "house:fees", amount: fee }]),
      ],
      at,
    });
  }

  /** The house settles a bet by itself. */
  settle(player: string, holdId: string, payout: number, ms: number): void {
    const amount = this.balance(player).holds.get(holdId) ?? 0;
    const pool = `race:${RACE}:pool`;
    this.write("wallet", player, {
      commandId: `settle:${RACE}:${holdId}`,
      command: "Settle",
      events: [{ _tag: "HoldSettled", holdId, amountMinor: amount, payoutMinor: payout }],
      reply: {},
      lines: [
        { debit: `player:${player}:held`, credit: pool, amount },
        ...(payout === 0
          ? []
          : [{ debit: pool, credit: `player:${player}:available`, amount: payout }]),
      ],
      at: this.time(ms),
    });
  }

  read(player: string, key: string, { from, to }: Span): void {
    const op = this.ask(player, { kind: "read", key }, from);
    this.answer(op, to, 200, this.seen(player));
  }

  /** What a read shows at this point of the story. */
  seen(player: string): Body {
    const { holds, version } = this.balance(player);
    const open_holds = [...holds.keys()].map((hold_id) => ({ hold_id }));
    return { ...this.#wallet(player), version, open_holds };
  }

  ask(playerId: string, request: Request, ms: number): string {
    const op = `op${++this.#ops}`;
    this.history.push({ type: "invoke", at: this.time(ms), op, playerId, request });
    return op;
  }

  answer(op: string, ms: number, status: number, body: Body): void {
    const answered: Answered = { at: this.time(ms), op, status, body, replayed: false };
    this.history.push({ type: status < 400 ? "ok" : "fail", ...answered });
  }

  connect(stream: string, socket: string, ms: number): void {
    this.history.push({ type: "connected", at: this.time(ms), socket, stream });
  }

  frame(
    socket: string,
    ms: number,
    seen: { topic: string; kind: FrameKind; version: number; frame: object },
  ): void {
    const { frame, ...what } = seen;
    const digest = frameDigest(frame);
    this.history.push({ type: "frame", at: this.time(ms), socket, ...what, digest });
  }

  #wallet(player: string): Body {
    const { locked, total } = this.balance(player);
    return { balance_total: total, balance_locked: locked, balance_available: total - locked };
  }
}

export const digestOf = (player: string, key: string): string =>
  intentDigest({ playerId: player as PlayerId, key, requestId: "" });
