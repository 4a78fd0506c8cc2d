/**
 * Stands between clients and the server on TCP and does to WebSocket connections what networks do: cuts them, tears them in
 * the middle of a frame, lets them fall silent without a sign, slows them down, and lets a newer connection of a player
 * overtake an older one, whose bytes arrive late on both sides. Plain HTTP passes untouched.
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import type { Chance } from "./Chance.ts";

export const FAULTS = ["cut", "tear", "stall", "slow", "overtake"] as const;
export type Fault = (typeof FAULTS)[number];

const MAX_SLOW_MS = 60;
/** Chunks that a newer connection brings before the older one's bytes arrive. */
const OVERTAKEN_BY = 2;

interface Line {
  readonly client: Socket;
  readonly server: Socket;
  /** The player's token or the tracker's name, from the first line; undefined for what is no WebSocket. */
  token: string | undefined;
  fault: Fault | undefined;
  /** Chunks from the server. */
  received: number;
  /** Held while it is being overtaken. */
  readonly held: { readonly to: Socket; readonly chunk: Buffer }[];
  overtakenBy: number;
  /** When the last slow chunk will have passed. */
  slow: Promise<void>;
}

export class FaultyProxy {
  readonly url: string;
  /** How often each has happened: only those that a connection really felt. */
  readonly counts: Record<Fault, number> = { cut: 0, tear: 0, stall: 0, slow: 0, overtake: 0 };
  readonly #listener: Server;
  readonly #target: URL;
  readonly #chance: Chance;
  readonly #lines = new Set<Line>();
  #traffic = 0;
  #onTraffic: () => void = () => undefined;

  private constructor(listener: Server, target: URL, chance: Chance) {
    this.url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
    this.#listener = listener;
    this.#target = target;
    this.#chance = chance;
    listener.on("connection", (client) => this.#accept(client));
  }

  static async to(url: string, chance: Chance): Promise<FaultyProxy> {
    const listener = createServer();
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    return new FaultyProxy(listener, new URL(url), chance);
  }

  /** Resolves when so many more chunks have come from the server over WebSockets. */
  async passed(chunks: number): Promise<void> {
    const until = this.#traffic + chunks;
    while (this.#traffic < until)
      await new Promise<void>((resolve) => {
        this.#onTraffic = resolve;
      });
  }

  /** Lets it happen to some connection that works; false when there is none. */
  harm(fault: Fault): boolean {
    const working = [...this.#lines].filter(
      ({ fault, received, token }) => token !== undefined && fault === undefined && received > 1,
    );
    const line = this.#chance.pick(working);
    if (line === undefined) return false;
    line.fault = fault;
    if (fault === "cut") this.#end(line);
    // A torn line breaks at its next chunk, the others go wrong from now on.
    if (fault !== "tear") this.counts[fault] += 1;
    return true;
  }

  /** Ends what is still harmed, and harms nothing more. */
  heal(): void {
    for (const line of this.#lines) if (line.fault !== undefined) this.#end(line);
  }

  async close(): Promise<void> {
    for (const line of this.#lines) this.#end(line);
    this.#listener.close();
    await once(this.#listener, "close");
  }

  #accept(client: Socket): void {
    const server = connect(Number(this.#target.port), this.#target.hostname);
    client.setNoDelay(true);
    server.setNoDelay(true);
    const line: Line = {
      client,
      server,
      token: undefined,
      fault: undefined,
      received: 0,
      held: [],
      overtakenBy: 0,
      slow: Promise.resolve(),
    };
    this.#lines.add(line);
    client.on("data", (chunk) => {
      line.token ??= /^GET \/ws\?(?:token|client_name)=([^ &]+)/.exec(
        chunk.toString("latin1"),
      )?.[1];
      this.#pass(line, server, chunk);
    });
    server.on("data", (chunk) => {
      this.#pass(line, client, chunk);
      if (line.token === undefined) return;
      line.received += 1;
      this.#overtakeOlder(line);
      this.#traffic += 1;
      this.#onTraffic();
    });
    client.on("close", () => {
      // The server knows nothing yet of the end of one whose bytes are still under way.
      if (line.fault !== "overtake") this.#end(line);
    });
    server.on("close", () => this.#end(line));
    // A broken line shows as "close", which follows.
    client.on("error", () => undefined);
    server.on("error", () => undefined);
  }

  #pass(line: Line, to: Socket, chunk: Buffer): void {
    switch (line.fault) {
      case undefined:
        return void to.write(chunk);
      case "cut":
      case "stall":
        return;
      case "tear":
        if (to.destroyed || chunk.length < 2) return;
        this.counts.tear += 1;
        // Both ends see the beginning of the frame, then the end of the connection.
        to.end(chunk.subarray(0, this.#chance.between(1, chunk.length - 1)));
        line.fault = "cut";
        return this.#end(line, to);
      case "slow":
        return this.#slowly(line, to, chunk);
      case "overtake":
        return void line.held.push({ to, chunk });
    }
  }

  #slowly(line: Line, to: Socket, chunk: Buffer): void {
    const ms = this.#chance.between(1, MAX_SLOW_MS);
    const at = this.#chance.between(0, chunk.length);
    line.slow = line.slow.then(
      () =>
        new Promise((passed) => {
          to.write(chunk.subarray(0, at));
          setTimeout(() => {
            to.write(chunk.subarray(at));
            passed();
          }, ms);
        }),
    );
  }

  /** A player's newer connection works: the bytes of the older one arrive now. */
  #overtakeOlder(newer: Line): void {
    if (newer.received < OVERTAKEN_BY) return;
    let isOlder = true;
    for (const line of this.#lines) {
      if (line === newer) isOlder = false;
      if (!isOlder || line.fault !== "overtake" || line.token !== newer.token) continue;
      line.overtakenBy += 1;
      if (line.overtakenBy < OVERTAKEN_BY) continue;
      for (const { to, chunk } of line.held.splice(0)) if (!to.destroyed) to.write(chunk);
      line.fault = "cut";
      line.server.end();
      line.client.end();
    }
  }

  /** Breaks both sides; `flushed` has been ended already and sends its last bytes first. */
  #end(line: Line, flushed?: Socket): void {
    this.#lines.delete(line);
    for (const socket of [line.client, line.server]) if (socket !== flushed) socket.destroy();
  }
}
