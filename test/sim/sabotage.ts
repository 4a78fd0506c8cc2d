/**
 * The faults that the runtime is built against, put back one by one: each by a substitute for one part, so that the product
 * itself has no switch for them.
 */
import { claimOf } from "../../entities/raffle/Claims.ts";
import type { RaffleEvent } from "../../entities/raffle/events.ts";
import type { RaffleState } from "../../entities/raffle/state.ts";
import type { ReservationInternal } from "../../entities/reservation/decider.ts";
import type { ReservationEvent } from "../../entities/reservation/events.ts";
import type { ReservationState } from "../../entities/reservation/state.ts";
import type { Raffle } from "../../rpc/raffle.ts";
import type { Wallet } from "../../rpc/wallet.ts";
import type { WalletEvent } from "../../entities/wallet/events.ts";
import { process as walletProcess } from "../../entities/wallet/process.ts";
import type { WalletState } from "../../entities/wallet/state.ts";
import { holdOf } from "../../entities/wallet/state.ts";
import { HashMap } from "effect";
import type { PayloadOf } from "../../rpc/contract.ts";
import type { Ask } from "../../src/actor/Ask.ts";
import { type Accepted, accept } from "../../src/actor/Decider.ts";
import type { AnyDurableActor } from "../../src/actor/DurableActor.ts";
import type { Append, Journal, JournalEntry } from "../../src/actor/Journal.ts";
import { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import type { Sabotage } from "./Simulation.ts";

/** Takes any version of an entity, however many there are of it. */
class UnfencedJournal extends MemoryJournal {
  override async commit(batch: ReadonlyArray<Append>) {
    const isSecond = ({ entry }: Append) => {
      const written = this.entriesOf(entry);
      return (
        written.some(({ version }) => version === entry.version) &&
        !written.some(({ commandId }) => commandId === entry.commandId)
      );
    };
    const seconds = batch.filter(isSecond);
    const result = await super.commit(batch.filter((append) => !seconds.includes(append)));
    if (result._tag === "Committed")
      for (const { entry } of seconds) (this.entriesOf(entry) as Array<JournalEntry>).push(entry);
    return result;
  }
}

/** Writes everything but when entities want to be woken. */
class AlarmlessJournal extends MemoryJournal {
  override commit(batch: ReadonlyArray<Append>) {
    return super.commit(batch.map((append) => ({ ...append, alarmDueAt: undefined })));
  }
}

/** Replaces actors, by kind. */
const replacing =
  (by: Readonly<Record<string, (actor: AnyDurableActor) => AnyDurableActor>>) =>
  (actors: ReadonlyArray<AnyDurableActor>) =>
    actors.map((actor) => by[actor.contract.kind]?.(actor) ?? actor);

/** Says that a batch is written as soon as it is asked to. */
const hasty = (session: Journal): Journal => ({
  ...sameReads(session),
  commit: (batch) => {
    void session.commit(batch);
    return Promise.resolve({ _tag: "Committed" });
  },
});

const sweepless = (session: Journal): Journal => ({
  ...sameReads(session),
  commit: (batch) => session.commit(batch),
  overdueAlarms: (before, limit) => session.overdueAlarms(before, limit).then(() => []),
});

const sameReads = (session: Journal): Omit<Journal, "commit"> => ({
  load: (requests) => session.load(requests),
  findCommand: (key, commandId) => session.findCommand(key, commandId),
  saveSnapshots: (snapshots) => session.saveSnapshots(snapshots),
  overdueAlarms: (before, limit) => session.overdueAlarms(before, limit),
});

type Settle = PayloadOf<typeof Wallet, "Settle">;

/** A wallet that pays whenever it is told to, whether there is a hold or not. */
const generous = (wallet: AnyDurableActor): AnyDurableActor => {
  const decide = wallet.decider.decide as Record<
    string,
    (...of: ReadonlyArray<unknown>) => unknown
  >;
  const settle = (state: WalletState, command: Settle, meta: unknown) => {
    const decided = decide["Settle"]?.(state, command, meta) as Accepted<
      WalletState,
      WalletEvent,
      unknown
    >;
    const again = command.items
      .filter(({ holdId, payoutMinor }) => payoutMinor > 0 && !holdOf(state, holdId))
      .map(({ account, payoutMinor }) => ({
        _tag: "Deposited",
        account,
        amountMinor: payoutMinor,
        ref: command.ref,
      }));
    return decided.accepted ? { ...decided, events: [...decided.events, ...again] } : decided;
  };
  return {
    ...wallet,
    decider: { ...wallet.decider, decide: { ...decide, Settle: settle } as never },
  };
};

/** Actors, of whatever process, that give every attempt at a command an id of its own. */
const forgetful = (forgotten: string) => {
  let attempts = 0;
  const renaming =
    (ask: Ask) =>
    (contract: never, tag: never, payload: { readonly commandId?: string }, options: never) =>
      ask(
        contract,
        tag,
        (tag === forgotten
          ? { ...payload, commandId: `${payload.commandId}:${++attempts}` }
          : payload) as never,
        options,
      );
  return (actor: AnyDurableActor): AnyDurableActor => {
    const { process } = actor;
    if (process === undefined) return actor;
    return {
      ...actor,
      process: {
        ...process,
        run: (context) => process.run({ ...context, ask: renaming(context.ask) as never }),
      },
    };
  };
};

/** A wallet that never asks what became of a hold. */
const trusting = (wallet: AnyDurableActor): AnyDurableActor => {
  const { alarm: _, ...silent } = wallet;
  return {
    ...silent,
    process: {
      outstanding: (state) => !HashMap.isEmpty((state as WalletState).transfers),
      run: walletProcess.run as never,
    },
  };
};

/** Replaces what an actor decides about one command. */
const deciding =
  <State, Payload>(
    tag: string,
    decided: (state: State, payload: Payload, otherwise: () => unknown) => unknown,
  ) =>
  (actor: AnyDurableActor): AnyDurableActor => {
    const decide = actor.decider.decide as Record<
      string,
      (...of: ReadonlyArray<unknown>) => unknown
    >;
    const instead = (state: State, payload: Payload, meta: unknown) =>
      decided(state, payload, () => decide[tag]?.(state, payload, meta));
    return {
      ...actor,
      decider: { ...actor.decider, decide: { ...decide, [tag]: instead } as never },
    };
  };

type Reserve = PayloadOf<typeof Raffle, "Reserve">;
type Sell = PayloadOf<typeof Raffle, "Sell">;

/** A raffle that sells to whoever has paid, though the claim is over and the numbers may be another's. */
const trustful = deciding<RaffleState, Sell>("Sell", (state, command, otherwise) => {
  const { amountMinor, numbers, paymentId, playerId, reservationId } = command;
  const { about, claims, sales } = state;
  const isLate = claimOf(claims, reservationId) === undefined && !sales.find(reservationId);
  if (!isLate || about?.status !== "active") return otherwise();
  const sold = { reservationId, playerId, numbers, paymentId, amountMinor, at: 0 };
  const event: RaffleEvent = { _tag: "NumbersSold", ...sold };
  const view = { ...sold, raffleId: state.raffleId, phase: "sold", expiresAt: 0 };
  return accept([event], () => view);
});

/** A raffle that looks at what is sold, and not at what others have only reserved. */
const hurried = deciding<RaffleState, Reserve>("Reserve", (state, command, otherwise) => {
  const decided = otherwise() as Accepted<RaffleState, RaffleEvent, unknown>;
  const { about, claims, sales } = state;
  const { numbers, playerId, reservationId } = command;
  const isTaken = numbers.some((number) => claims.numbers.has(number));
  if (decided.accepted || about?.status !== "active" || !isTaken) return decided;
  if (numbers.some((number) => sales.numbers.has(number))) return decided;
  const until = about.terms.drawAt;
  const event = { _tag: "NumbersReserved", reservationId, playerId, numbers, until, at: 0 };
  return accept([event], () => ({ ...command, raffleId: state.raffleId, phase: "selection" }));
});

/** A reservation that hears that nothing was sold to it, and leaves the money where it is. */
const unmoved = (reservation: AnyDurableActor): AnyDurableActor => {
  const { decideInternal } = reservation.decider;
  return {
    ...reservation,
    decider: {
      ...reservation.decider,
      decideInternal: ((state: ReservationState, command: ReservationInternal, meta: never) => {
        const events = (decideInternal?.(state as never, command as never, meta) ??
          []) as ReadonlyArray<ReservationEvent>;
        const isRefusal = command._tag === "FinishSale" && command.refusal !== null;
        return isRefusal ? events.filter(({ _tag }) => _tag !== "RefundBegan") : events;
      }) as never,
    },
  };
};

/** A raffle that no clock wakes. */
const dreaming = ({ alarm: _, ...raffle }: AnyDurableActor): AnyDurableActor => raffle;

export const SABOTAGES: Readonly<Record<string, Sabotage>> = {
  "no fence: the journal takes a version twice": { journal: () => new UnfencedJournal() },
  "no output gate: answers leave before the commit": { session: hasty },
  "alarms are not written": { journal: () => new AlarmlessJournal() },
  "alarms are not swept": { session: sweepless },
  "settling again pays again": {
    actors: replacing({ lobby: forgetful("Settle"), wallet: generous }),
  },
  "holds are never reconciled": { actors: replacing({ wallet: trusting }) },
  "a late payment buys what is another's": { actors: replacing({ raffle: trustful }) },
  "a reserved number is reserved again": { actors: replacing({ raffle: hurried }) },
  "a refused sale keeps the money": { actors: replacing({ reservation: unmoved }) },
  "claims are ended by no alarm": { actors: replacing({ raffle: dreaming }) },
  "asking again to pay the organiser pays again": {
    actors: replacing({ raffle: forgetful("Deposit") }),
  },
};
