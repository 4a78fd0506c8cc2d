/**
 * The faults that the runtime is built against, put back one by one: each by a substitute for one part, so that the product
 * itself has no switch for them.
 */
import type { Wallet } from "../../rpc/wallet.ts";
import type { WalletEvent } from "../../entities/wallet/events.ts";
import { process as walletProcess } from "../../entities/wallet/process.ts";
import type { WalletState } from "../../entities/wallet/state.ts";
import { holdOf } from "../../entities/wallet/state.ts";
import { HashMap } from "effect";
import type { PayloadOf } from "../../rpc/contract.ts";
import type { Ask } from "../../src/actor/Ask.ts";
import type { Accepted } from "../../src/actor/Decider.ts";
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

/** A lobby that gives every attempt to settle a command id of its own. */
const forgetful = (lobby: AnyDurableActor): AnyDurableActor => {
  const { process } = lobby;
  if (process === undefined) return lobby;
  let attempts = 0;
  const renaming =
    (ask: Ask) =>
    (contract: never, tag: never, payload: { readonly commandId?: string }, options: never) =>
      ask(
        contract,
        tag,
        (tag === "Settle"
          ? { ...payload, commandId: `${payload.commandId}:${++attempts}` }
          : payload) as never,
        options,
      );
  return {
    ...lobby,
    process: {
      ...process,
      run: (context) => process.run({ ...context, ask: renaming(context.ask) as never }),
    },
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

export const SABOTAGES: Readonly<Record<string, Sabotage>> = {
  "no fence: the journal takes a version twice": { journal: () => new UnfencedJournal() },
  "no output gate: answers leave before the commit": { session: hasty },
  "alarms are not written": { journal: () => new AlarmlessJournal() },
  "alarms are not swept": { session: sweepless },
  "settling again pays again": { actors: replacing({ lobby: forgetful, wallet: generous }) },
  "holds are never reconciled": { actors: replacing({ wallet: trusting }) },
};
