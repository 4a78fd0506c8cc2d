/** Stands before a port of a process: its peers reach it only through here, and not always well. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** `to` is what goes to the process, `from` what it says to those who have called it. */
export type Direction = "to" | "from";

export class LinkProxy {
  readonly port: number;
  readonly #listener: Server;
  readonly #lines = new Set<readonly [Socket, Socket]>();
  readonly #silent = new Set<Direction>();
  #delayMs = 0;

  private constructor(listener: Server, targetPort: number) {
    // Listens from now to the end of the run, so any port will do.
    this.port = (listener.address() as AddressInfo).port;
    this.#listener = listener;
    listener.on("connection", (caller) => this.#accept(caller, targetPort));
  }

  static async before(targetPort: number): Promise<LinkProxy> {
    const listener = createServer({ noDelay: true });
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    return new LinkProxy(listener, targetPort);
  }

  /** From now on bytes in this direction vanish, on new connections too. */
  silence(direction: Direction): void {
    this.#silent.add(direction);
  }

  /** From now on bytes take so long. */
  slow(delayMs: number): void {
    this.#delayMs = delayMs;
  }

  cut(): void {
    for (const line of this.#lines) for (const socket of line) socket.destroy();
  }

  /** As if nothing had been; connections from which bytes are missing are cut. */
  heal(): void {
    if (this.#silent.size > 0) this.cut();
    this.#silent.clear();
    this.#delayMs = 0;
  }

  async close(): Promise<void> {
    this.cut();
    this.#listener.close();
    await once(this.#listener, "close");
  }

  #accept(caller: Socket, targetPort: number): void {
    const target = connect({ port: targetPort, host: "127.0.0.1", noDelay: true });
    const line = [caller, target] as const;
    this.#lines.add(line);
    this.#pass(caller, target, "to");
    this.#pass(target, caller, "from");
    for (const socket of line) {
      socket.on("close", () => {
        caller.destroy();
        target.destroy();
        this.#lines.delete(line);
      });
      // A broken line shows as "close", which follows.
      socket.on("error", () => undefined);
    }
  }

  #pass(from: Socket, to: Socket, direction: Direction): void {
    let waiting: Array<Buffer> = [];
    from.on("data", (chunk) => {
      if (this.#silent.has(direction)) return;
      if (this.#delayMs === 0 && waiting.length === 0) return void to.write(chunk);
      // In order: what waits goes first, however the delay has changed meanwhile.
      waiting.push(chunk);
      if (waiting.length > 1) return;
      const flush = () => {
        const chunks = waiting;
        waiting = [];
        for (const each of chunks) if (to.writable) to.write(each);
      };
      setTimeout(flush, this.#delayMs);
    });
  }
}
