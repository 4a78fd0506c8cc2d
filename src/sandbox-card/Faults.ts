/** What goes wrong on command, so that merchants can try how they take it. Nothing does by itself. */
import { Schema } from "effect";

/** The most that an answer is delayed; a merchant has given up long before. */
const MAX_DELAY_MS = 60_000;
const MAX_CALLS = 10_000;

const Calls = Schema.Int.pipe(Schema.between(0, MAX_CALLS));

export const FaultsBody = Schema.Struct({
  /** Before every answer of the API, in ms. */
  delay_ms: Schema.optional(Schema.Int.pipe(Schema.between(0, MAX_DELAY_MS))),
  /** So many calls are answered with 500, and nothing is done. */
  fail_next: Schema.optional(Calls),
  /** So many calls are carried out, and then the connection breaks. */
  drop_next: Schema.optional(Calls),
  /** So many refunds fail for good. */
  refuse_refunds: Schema.optional(Calls),
  /** Webhooks wait until they are released. */
  hold_webhooks: Schema.optional(Schema.Boolean),
  /** Each event is told twice. */
  duplicate_webhooks: Schema.optional(Schema.Boolean),
});
export type FaultsBody = typeof FaultsBody.Type;

export class Faults {
  delayMs = 0;
  failNext = 0;
  dropNext = 0;
  refuseRefunds = 0;
  holdsWebhooks = false;
  duplicatesWebhooks = false;

  set(order: FaultsBody): void {
    this.delayMs = order.delay_ms ?? this.delayMs;
    this.failNext = order.fail_next ?? this.failNext;
    this.dropNext = order.drop_next ?? this.dropNext;
    this.refuseRefunds = order.refuse_refunds ?? this.refuseRefunds;
    this.holdsWebhooks = order.hold_webhooks ?? this.holdsWebhooks;
    this.duplicatesWebhooks = order.duplicate_webhooks ?? this.duplicatesWebhooks;
  }

  get body(): FaultsBody {
    return {
      delay_ms: this.delayMs,
      fail_next: this.failNext,
      drop_next: this.dropNext,
      refuse_refunds: this.refuseRefunds,
      hold_webhooks: this.holdsWebhooks,
      duplicate_webhooks: this.duplicatesWebhooks,
    };
  }

  /** Whether this call fails; it is one less then. */
  takeFailure(): boolean {
    return this.failNext > 0 && this.failNext-- > 0;
  }

  takeDrop(): boolean {
    return this.dropNext > 0 && this.dropNext-- > 0;
  }

  takeRefusal(): boolean {
    return this.refuseRefunds > 0 && this.refuseRefunds-- > 0;
  }
}
