/** A wallet with a past, told in the shapes of the real one; its rules are only as good as a page's test needs. */
import type { JournalEntryBody, SentBody } from "../../../rpc/http/admin.ts";

interface Hold {
  readonly holdId: string;
  readonly amountMinor: number;
  readonly purpose: string;
  readonly ref: string;
  readonly owner: { readonly kind: string; readonly entityId: string };
  readonly since: number;
}

interface State {
  readonly opened: boolean;
  readonly totalMinor: number;
  readonly lockedMinor: number;
  readonly version: number;
  readonly holds: readonly (readonly [string, Hold])[];
  readonly nextCheckAt: number | null;
  readonly transfers: readonly (readonly [string, unknown])[];
}

interface Step {
  readonly entry: JournalEntryBody;
  readonly state: State;
}

const MINUTE_MS = 60_000;
const CHECK_HOLD_AFTER_MS = 180_000;
const GRANT_MINOR = 100_000;
const BETS = 6;

export class FakeWallet {
  readonly entityId: string;
  private readonly steps: Step[] = [];
  private state: State = {
    opened: false,
    totalMinor: 0,
    lockedMinor: 0,
    version: 0,
    holds: [],
    nextCheckAt: null,
    transfers: [],
  };
  private atMs = Date.now() - 20 * MINUTE_MS;

  /** With an opening, some bets held and settled, and a stake that was refused. */
  constructor(entityId: string) {
    this.entityId = entityId;
    this.write("Open", [{ _tag: "WalletOpened", grantMinor: GRANT_MINOR }], {
      opened: true,
      totalMinor: GRANT_MINOR,
    });
    for (let bet = 1; bet <= BETS; bet += 1) {
      const holdId = `bet-race-${bet}`;
      this.hold(holdId, bet * 250);
      if (bet === 3) this.refuse("Hold", 9_999_900);
      if (bet < BETS) this.release(holdId, bet % 2 === 0 ? bet * 700 : 0);
    }
  }

  get newestVersion(): number {
    return this.steps.length;
  }

  entry(version: number): JournalEntryBody {
    return this.step(version).entry;
  }

  stateAt(version: number): State {
    return this.step(version).state;
  }

  /** A hold that is open owes its owner an end. */
  owesAt(version: number): boolean {
    return this.stateAt(version).holds.length > 0;
  }

  deposit(amountMinor: number, by = "admin", commandId = `deposit-${this.newestVersion}`): void {
    this.write(
      "Deposit",
      [{ _tag: "Deposited", amountMinor, account: "provider:test:clearing", ref: "top-up" }],
      { totalMinor: this.state.totalMinor + amountMinor },
      { by, commandId },
    );
  }

  receive(tag: string, payload: unknown, key: string): SentBody {
    const { amountMinor = 0 } = payload as { readonly amountMinor?: number };
    if (tag === "GetWallet") return { ok: true, value: this.state, replayed: false };
    if (tag === "Deposit") {
      this.deposit(amountMinor, "admin", key);
      return { ok: true, value: this.balance(), replayed: false };
    }
    const error = this.refuse(tag, amountMinor, "admin", key);
    return { ok: false, error, replayed: false };
  }

  private step(version: number): Step {
    const step = this.steps[version - 1];
    if (step === undefined) throw new Error(`The wallet has no version ${version}.`);
    return step;
  }

  private balance() {
    const { totalMinor, lockedMinor, version } = this.state;
    return { totalMinor, lockedMinor, availableMinor: totalMinor - lockedMinor, version };
  }

  private hold(holdId: string, amountMinor: number): void {
    const owner = { kind: "lobby", entityId: "demo" };
    const since = this.atMs;
    const held = { holdId, amountMinor, purpose: "bet", ref: holdId, owner };
    this.write("Hold", [{ _tag: "MoneyHeld", ...held, at: since }], {
      lockedMinor: this.state.lockedMinor + amountMinor,
      holds: [...this.state.holds, [holdId, { ...held, since }]],
      nextCheckAt: since + CHECK_HOLD_AFTER_MS,
    });
  }

  private release(holdId: string, payoutMinor: number): void {
    const amountMinor = this.state.holds.find(([id]) => id === holdId)?.[1].amountMinor ?? 0;
    this.write(
      "Settle",
      [{ _tag: "HoldSettled", holdId, amountMinor, account: "race:demo:pool", payoutMinor }],
      {
        totalMinor: this.state.totalMinor - amountMinor + payoutMinor,
        lockedMinor: this.state.lockedMinor - amountMinor,
        holds: this.state.holds.filter(([id]) => id !== holdId),
        nextCheckAt: null,
      },
      { by: "lobby/demo" },
    );
  }

  private refuse(command: string, requiredMinor: number, by = "p_1", commandId?: string) {
    const { availableMinor } = this.balance();
    const error = {
      tag: "InsufficientFunds",
      message: `The wallet has ${(availableMinor / 100).toFixed(2)} available and this needs ${(requiredMinor / 100).toFixed(2)}.`,
      fields: { availableMinor, requiredMinor },
    };
    this.write(command, [], {}, { by, commandId, reply: { ok: false, error } });
    return error;
  }

  private write(
    command: string,
    events: readonly unknown[],
    change: Partial<State>,
    told: {
      readonly by?: string;
      readonly commandId?: string | undefined;
      readonly reply?: JournalEntryBody["reply"];
    } = {},
  ): void {
    const version = this.steps.length + 1;
    this.atMs += 37_123;
    this.state = { ...this.state, ...change, version: this.state.version + events.length };
    this.steps.push({
      state: this.state,
      entry: {
        version,
        command,
        command_id: told.commandId ?? `p_1/key-${version}`,
        by: told.by ?? "p_1",
        request_id: `request-${version}`,
        at: new Date(this.atMs).toISOString(),
        reply: told.reply ?? { ok: true, value: this.balance() },
        events: [...events],
      },
    });
  }
}
