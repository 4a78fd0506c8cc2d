/**
 * The payment providers of this process: built from the settings, each behind its circuit breaker, switched on and off by the
 * administrator for the whole cluster. A switch is a row of `payment_provider`, which every process reads every second; it
 * stops new payments only, what was begun goes on.
 */
import { join } from "node:path";
import { Schema } from "effect";
import { type ProviderBody, ProviderNotConfigured } from "../../rpc/http/payment.ts";
import type { ProviderName } from "../../rpc/payment.ts";
import { ProviderUnavailable } from "../../rpc/reservation.ts";
import type { Ask } from "../actor/Ask.ts";
import type { Clock } from "../actor/Clock.ts";
import type { SettingsValues } from "../ops/Config.ts";
import { CircuitBreaker } from "./CircuitBreaker.ts";
import { guarded, type ProviderMetrics, UNGUARDED } from "./GuardedProvider.ts";
import type { PaymentProvider, PaymentProviders } from "./PaymentProvider.ts";
import { SandboxCardProcess } from "./SandboxCardProcess.ts";
import { SandboxCardProvider } from "./SandboxCardProvider.ts";
import { StripeProvider } from "./StripeProvider.ts";
import { WalletProvider } from "./WalletProvider.ts";

/** With the time of a read, a switch takes effect everywhere within two seconds. */
const READ_EVERY_MS = 1_000;
/** An administrator has switched it off, and may think again. */
const SWITCHED_OFF_RETRY_MS = 60_000;

type ProviderSettings = Pick<
  SettingsValues,
  | "dataDir"
  | "environment"
  | "host"
  | "port"
  | "publicUrl"
  | "sandboxCard"
  | "sandboxCardPort"
  | "sandboxCardSecret"
  | "sandboxCardUrl"
  | "stripeApiUrl"
  | "stripeCurrency"
  | "stripeSecretKey"
  | "stripeWebhookSecret"
>;

export interface ProviderDeskOptions {
  readonly settings: ProviderSettings;
  /** As much of a `pg.Pool` as is used. */
  readonly pool: {
    readonly query: (
      sql: string,
      values?: Array<unknown>,
    ) => Promise<{ readonly rows: ReadonlyArray<unknown> }>;
  };
  /** Taken at the wallet's first use: whoever pays with it is made before the system it lives in. */
  readonly ask: () => Ask;
  /** Where a provider outside sends its webhooks, for this process. */
  readonly webhookUrl: (name: ProviderName) => string;
  readonly clock: Clock;
  readonly log: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly metrics: ProviderMetrics;
}

interface Seat {
  readonly name: ProviderName;
  /** Undefined when it has not what it needs in the settings. */
  readonly provider: PaymentProvider | undefined;
  /** None for the wallet: that one moves says nothing about the next. */
  readonly breaker: CircuitBreaker | undefined;
}

const Row = Schema.Struct({ name: Schema.String, enabled: Schema.Boolean });
const decodeRows = Schema.decodeUnknownSync(Schema.Array(Row));

export class ProviderDesk implements PaymentProviders {
  readonly #options: ProviderDeskOptions;
  readonly #seats = new Map<ProviderName, Seat>();
  readonly #sandbox: SandboxCardProcess | undefined;
  #switchedOff: ReadonlySet<string> = new Set();
  /** Reads are counted, so that a slow one does not bring back what was before. */
  #reads = 0;
  #newestRead = 0;
  #isClosed = false;
  #callOffRead = () => {};

  constructor(options: ProviderDeskOptions) {
    this.#options = options;
    const { settings } = options;
    this.#sandbox = this.#sandboxProcess();
    const ask: Ask = (contract, tag, payload, askOptions) =>
      options.ask()(contract, tag, payload, askOptions);
    this.#seat("wallet", new WalletProvider(ask));
    this.#seat("sandbox_card", this.#sandboxCard());
    this.#seat(
      "stripe",
      settings.stripeSecretKey === ""
        ? undefined
        : new StripeProvider({
            secretKey: settings.stripeSecretKey,
            webhookSecret: settings.stripeWebhookSecret,
            currency: settings.stripeCurrency,
            apiUrl: settings.stripeApiUrl,
          }),
    );
  }

  /** Reads the switches, and starts the sandbox card server where this process has one. */
  async start(): Promise<void> {
    this.#sandbox?.start();
    await this.#read();
    this.#readLater();
  }

  of(name: ProviderName): PaymentProvider | undefined {
    return this.#seats.get(name)?.provider;
  }

  /** Why it takes no new payments now; undefined when it does. */
  unavailable(name: ProviderName): ProviderUnavailable | undefined {
    const seat = this.#seats.get(name);
    if (seat?.provider === undefined || this.#switchedOff.has(name))
      return new ProviderUnavailable({ provider: name, retryAfterMs: SWITCHED_OFF_RETRY_MS });
    const retryAfterMs = seat.breaker?.retryAfterMs ?? 0;
    return retryAfterMs === 0
      ? undefined
      : new ProviderUnavailable({ provider: name, retryAfterMs });
  }

  /** All there are, as the database has them now. */
  async list(): Promise<ReadonlyArray<ProviderBody>> {
    await this.#read();
    return [...this.#seats.values()].map((seat) => this.#body(seat));
  }

  /** Rejects with `ProviderNotConfigured` when it cannot be switched on. */
  async switch(name: ProviderName, enabled: boolean): Promise<ProviderBody> {
    const seat = this.#seats.get(name);
    if (seat === undefined || (enabled && seat.provider === undefined))
      throw new ProviderNotConfigured({ provider: name });
    await this.#options.pool.query(
      `INSERT INTO payment_provider (name, enabled) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET enabled = excluded.enabled`,
      [name, enabled],
    );
    await this.#read();
    return this.#body(seat);
  }

  /** Stops what it has started. Calls that are under way end as they may. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#callOffRead();
    for (const { breaker } of this.#seats.values()) breaker?.close();
    await this.#sandbox?.stop();
  }

  #seat(name: ProviderName, provider: PaymentProvider | undefined): void {
    const { clock, metrics } = this.#options;
    const breaker =
      provider === undefined || name === "wallet"
        ? undefined
        : new CircuitBreaker({
            provider: name,
            clock,
            changed: (state) => metrics.circuit(name, state),
          });
    const guard = breaker ?? UNGUARDED;
    this.#seats.set(name, {
      name,
      breaker,
      provider: provider && guarded(provider, guard, clock, metrics),
    });
  }

  #body({ breaker, name, provider }: Seat): ProviderBody {
    return {
      name,
      enabled: !this.#switchedOff.has(name),
      configured: provider !== undefined,
      circuit: breaker?.state ?? "closed",
      available: this.unavailable(name) === undefined,
    };
  }

  get #sandboxSecrets(): ReadonlyArray<string> {
    return this.#options.settings.sandboxCardSecret.split(",").map((one) => one.trim());
  }

  /** In development, unless there is one elsewhere. */
  #sandboxProcess(): SandboxCardProcess | undefined {
    const { clock, log, settings } = this.#options;
    const { environment, host, port, publicUrl, sandboxCard, sandboxCardUrl } = settings;
    if (sandboxCard === "off" || sandboxCardUrl !== undefined || environment === "production")
      return undefined;
    const origins = publicUrl === undefined ? [] : [new URL(publicUrl).origin];
    return new SandboxCardProcess({
      port: settings.sandboxCardPort,
      secrets: this.#sandboxSecrets,
      file: join(settings.dataDir, "sandbox-card.jsonl"),
      webhookOrigins: [...origins, `http://${host}:${port}`],
      clock,
      log,
    });
  }

  #sandboxCard(): SandboxCardProvider | undefined {
    const { settings, webhookUrl } = this.#options;
    const sandbox = this.#sandbox;
    const elsewhere = settings.sandboxCardUrl?.replace(/\/+$/, "");
    if (settings.sandboxCard === "off" || (sandbox === undefined && elsewhere === undefined))
      return undefined;
    return new SandboxCardProvider({
      url: () => elsewhere ?? sandbox?.url,
      secrets: this.#sandboxSecrets,
      webhookUrl: () => webhookUrl("sandbox_card"),
    });
  }

  async #read(): Promise<void> {
    const read = ++this.#reads;
    const { rows } = await this.#options.pool.query("SELECT name, enabled FROM payment_provider");
    if (read < this.#newestRead) return;
    this.#newestRead = read;
    const off = decodeRows(rows).filter(({ enabled }) => !enabled);
    this.#switchedOff = new Set(off.map(({ name }) => name));
  }

  #readLater(): void {
    if (this.#isClosed) return;
    this.#callOffRead = this.#options.clock.after(READ_EVERY_MS, () => {
      this.#read()
        .catch((cause: unknown) =>
          this.#options.log(
            "the switches of payment providers could not be read; the last known hold",
            {
              cause: String(cause),
            },
          ),
        )
        .finally(() => this.#readLater());
    });
  }
}
