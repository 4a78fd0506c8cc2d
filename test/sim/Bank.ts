/**
 * A card company: a service outside the cluster, with books of its own that outlive every process. Calls to it take time and
 * get lost like any other; its customers pay, are declined, take their time or never come; and its webhooks arrive late,
 * twice and in any order, at whatever gateway there is.
 */
import { hearPayment } from "../../entities/reservation/reservation.ts";
import {
  type PaymentOrder,
  type PaymentProvider,
  ProviderError,
  type ProviderEvent,
} from "../../src/payments/PaymentProvider.ts";
import { ScriptedProvider } from "../entities/reservation/ScriptedProvider.ts";
import type { Chance } from "./Chance.ts";
import { Lane } from "./Scheduler.ts";
import type { Surroundings } from "./Surroundings.ts";
import type { Wish } from "./Wish.ts";

const CALL_TO_MS = 400;
/** Whoever hears nothing of a call gives it up after this. */
const CALL_TIMEOUT_MS = 5000;
const CUSTOMER_TO_MS = 4000;
const WEBHOOK_TO_MS = 6000;

export class Bank {
  readonly #world: Surroundings;
  readonly #chance: Chance;
  readonly #provider = new ScriptedProvider();
  readonly #lane = new Lane("bank");
  readonly #customers = new Set<string>();
  #told = 0;
  /** Sees to it that a webhook is delivered. */
  deliver: (wish: Wish) => void = () => undefined;

  constructor(world: Surroundings, chance: Chance) {
    this.#world = world;
    this.#chance = chance;
  }

  /** What it has taken and not given back, in minor units. */
  get netMinor(): number {
    return this.#provider.netMinor;
  }

  /** The port, for a process on this lane. */
  portFor(caller: Lane): PaymentProvider {
    const port = this.#provider.port(() => false);
    const call =
      <A extends ReadonlyArray<unknown>, B>(label: string, work: (...args: A) => Promise<B>) =>
      (...args: A): Promise<B> =>
        this.#call(caller, label, () => work(...args));
    return {
      name: port.name,
      create: call("create", (order: PaymentOrder) => {
        const made = port.create(order);
        this.#expect(order);
        return made;
      }),
      get: call("get", port.get),
      capture: port.capture,
      cancel: call("cancel", port.cancel),
      refund: call("refund", port.refund),
    };
  }

  #call<B>(caller: Lane, label: string, work: () => Promise<B>): Promise<B> {
    const { faults, scheduler, weather } = this.#world;
    return new Promise((resolve, reject) => {
      const lose = () =>
        scheduler.after(caller, faults.skewed(1, CALL_TIMEOUT_MS), `${label} lost`, () =>
          reject(new ProviderError("sandbox_card", "no answer", { retryable: true })),
        );
      if (faults.happens(weather.messageLoss)) return void lose();
      scheduler.after(this.#lane, faults.skewed(1, CALL_TO_MS), label, () => {
        const done = work();
        this.#tell();
        if (faults.happens(weather.messageLoss)) {
          // Nobody hears how it went.
          done.catch(() => undefined);
          return void lose();
        }
        done.then(
          (answer) =>
            scheduler.after(caller, faults.skewed(1, CALL_TO_MS), label, () => resolve(answer)),
          reject,
        );
      });
    });
  }

  /** The customer comes to the page of a new payment, or does not. */
  #expect({ paymentId }: PaymentOrder): void {
    if (this.#customers.has(paymentId)) return;
    this.#customers.add(paymentId);
    const chance = this.#chance;
    const later = (work: () => void) =>
      this.#world.scheduler.after(this.#lane, chance.skewed(50, CUSTOMER_TO_MS), "customer", () => {
        work();
        this.#tell();
      });
    const pays = () => void this.#provider.pays(paymentId);
    const does = chance.weighted({ pay: 6, stayAway: 2, decline: 2, process: 2 });
    if (does === "pay") later(pays);
    if (does === "decline")
      later(() => {
        this.#provider.declines(paymentId);
        if (chance.happens(0.5)) later(pays);
      });
    if (does === "process")
      later(() => {
        if (this.#provider.processes(paymentId)) later(pays);
      });
  }

  /** Tells what is new by webhooks. */
  #tell(): void {
    const { events } = this.#provider;
    for (; this.#told < events.length; this.#told++) {
      const event = events[this.#told] as ProviderEvent;
      // One in eight is never sent; what nobody tells is asked for.
      const times = this.#chance.pick([0, 1, 1, 1, 1, 1, 1, 2]);
      for (let n = 0; n < times; n++)
        this.#world.scheduler.after(
          this.#world.clientLane,
          this.#chance.skewed(5, WEBHOOK_TO_MS),
          "webhook",
          () => this.deliver(webhook(event)),
        );
    }
  }
}

const webhook = (event: ProviderEvent): Wish => ({
  what: `webhook ${event.eventId} of ${event.paymentId}`,
  do: ({ ask }) => hearPayment(ask, "sandbox_card", event),
});
