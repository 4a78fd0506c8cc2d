/** A sandbox card server, the merchant that uses it, and a payer with cards. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SandboxCardProvider } from "../../../src/payments/SandboxCardProvider.ts";
import {
  type SandboxCardOptions,
  type SandboxCardServer,
  startSandboxCard,
} from "../../../src/sandbox-card/SandboxCardServer.ts";
import { openReceiver, type Receiver } from "./Receiver.ts";

export const SECRET = "sandbox-secret-of-a-test";
export const CARDS = {
  pays: "4242 4242 4242 4242",
  declined: "4000000000000002",
  insufficient: "4000-0000-0000-9995",
  asks: "4000 0000 0000 3220",
  late: "4000000000000341",
  repeated: "4000 0000 0000 0259",
};

export class House {
  readonly receiver: Receiver;
  readonly provider: SandboxCardProvider;
  readonly file: string;
  readonly #folder: string;
  readonly #options: Partial<SandboxCardOptions>;
  #server: SandboxCardServer | undefined;

  private constructor(receiver: Receiver, folder: string, options: Partial<SandboxCardOptions>) {
    this.receiver = receiver;
    this.#folder = folder;
    this.#options = options;
    this.file = join(folder, "payments.jsonl");
    this.provider = new SandboxCardProvider({
      url: () => this.#server?.url,
      secrets: [SECRET],
      webhookUrl: () => receiver.url,
    });
  }

  static async open(options: Partial<SandboxCardOptions> = {}): Promise<House> {
    const folder = await mkdtemp(join(tmpdir(), "sandbox-card-"));
    const house = new House(await openReceiver(), folder, options);
    await house.start();
    return house;
  }

  get url(): string {
    if (this.#server === undefined) throw new Error("the server is not running");
    return this.#server.url;
  }

  async start(): Promise<void> {
    this.#server = await startSandboxCard({
      port: 0,
      file: this.file,
      secrets: [SECRET],
      publicUrl: undefined,
      webhookOrigins: [],
      lateMs: 60,
      refundMs: 20,
      retryMs: 5,
      failed: (cause) => {
        throw cause;
      },
      ...this.#options,
    });
  }

  async stop(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.receiver.close();
    await rm(this.#folder, { recursive: true });
  }

  /** The payer fills in the form; where that leads. */
  pay(ref: string, number: string, fields: Record<string, string> = {}): Promise<Response> {
    return this.#post(`/pay/${ref}`, { number, expiry: "12/34", cvc: "123", ...fields });
  }

  confirm(ref: string, agrees: boolean): Promise<Response> {
    return this.#post(`/pay/${ref}/confirm`, { agrees: agrees ? "1" : "0" });
  }

  callOff(ref: string): Promise<Response> {
    return this.#post(`/pay/${ref}/cancel`, {});
  }

  /** A call of the API; a body makes it a POST, unless said otherwise. */
  async call(
    path: string,
    body?: unknown,
    { headers = {}, method }: { method?: string; headers?: Record<string, string> } = {},
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
    const answered = await fetch(this.url + path, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: { authorization: `Bearer ${SECRET}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answered.text();
    return { status: answered.status, body: text === "" ? {} : JSON.parse(text) };
  }

  faults(order: Record<string, unknown>) {
    return this.call("/v1/faults", order, { method: "PUT" });
  }

  #post(path: string, fields: Record<string, string>): Promise<Response> {
    return fetch(this.url + path, {
      method: "POST",
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
  }
}
