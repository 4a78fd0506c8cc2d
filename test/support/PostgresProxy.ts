/**
 * Stands between a client and PostgreSQL on a TCP connection, and can hold a statement back, lose its answer, or cut
 * the line at a chosen moment.
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

interface Line {
  readonly client: Socket;
  readonly server: Socket;
}

/** A statement on its way, stopped at the proxy, with everything that comes after it on its connection. */
export interface Held {
  /** Lets it through and resolves with the server's answer, which the client does not get. */
  readonly deliver: () => Promise<string>;
  /** Lets it through, and all that follows, as if nothing had been. */
  readonly release: () => void;
  /** The client's side of the connection breaks; the server does not notice. */
  readonly cutClient: () => void;
  /** Both sides of the connection break. */
  readonly cut: () => void;
}

interface Trap {
  readonly marker: string;
  readonly caught: (held: Held) => void;
}

export class PostgresProxy {
  readonly url: string;
  readonly #listener: Server;
  readonly #target: URL;
  readonly #lines = new Set<Line>();
  readonly #traps: Array<Trap> = [];
  #isSilent = false;

  private constructor(listener: Server, target: URL) {
    const url = new URL(target);
    url.port = String((listener.address() as AddressInfo).port);
    this.url = url.href;
    this.#listener = listener;
    this.#target = target;
    listener.on("connection", (client) => this.#accept(client));
  }

  static async to(url: string): Promise<PostgresProxy> {
    const listener = createServer();
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    return new PostgresProxy(listener, new URL(url));
  }

  /** Stops the next statement whose bytes contain `marker`. */
  next(marker: string): Promise<Held> {
    return new Promise((caught) => this.#traps.push({ marker, caught }));
  }

  /** From now on bytes vanish in both directions, on these and new connections, without a sign; or no more so. */
  set silent(isSilent: boolean) {
    this.#isSilent = isSilent;
  }

  /** Breaks all connections. */
  cutAll(): void {
    for (const { client, server } of this.#lines) {
      client.destroy();
      server.destroy();
    }
  }

  async close(): Promise<void> {
    this.cutAll();
    this.#listener.close();
    await once(this.#listener, "close");
  }

  #accept(client: Socket): void {
    const server = connect(Number(this.#target.port), this.#target.hostname);
    const line: Line = { client, server };
    this.#lines.add(line);
    let waiting: Array<Buffer> | undefined;
    let answered: ((answer: string) => void) | undefined;
    let isClientCut = false;

    const catchIn = (chunk: Buffer): Trap | undefined => {
      const at = this.#traps.findIndex(({ marker }) => chunk.includes(marker));
      return at < 0 ? undefined : this.#traps.splice(at, 1)[0];
    };
    const flush = () => {
      for (const chunk of waiting ?? []) server.write(chunk);
      waiting = undefined;
    };
    const cutClient = () => {
      isClientCut = true;
      client.destroy();
    };

    client.on("data", (chunk) => {
      if (this.#isSilent) return;
      if (waiting !== undefined) return void waiting.push(chunk);
      const trap = catchIn(chunk);
      if (trap === undefined) return void server.write(chunk);
      waiting = [chunk];
      trap.caught({
        deliver: () =>
          new Promise((resolve) => {
            answered = resolve;
            flush();
          }),
        release: flush,
        cutClient,
        cut: () => {
          client.destroy();
          server.destroy();
        },
      });
    });
    server.on("data", (chunk) => {
      if (this.#isSilent) return;
      if (answered !== undefined) return answered(chunk.toString("latin1"));
      if (!isClientCut) client.write(chunk);
    });
    const end = () => {
      client.destroy();
      server.destroy();
      this.#lines.delete(line);
    };
    client.on("close", () => {
      if (!isClientCut) end();
    });
    server.on("close", end);
    // A broken line shows as "close", which follows.
    client.on("error", () => undefined);
    server.on("error", () => undefined);
  }
}
