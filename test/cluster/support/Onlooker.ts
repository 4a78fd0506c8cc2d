/** A client that looks on: the versioned frames of lobbies, and its own wallet's, as they come over one socket. */
import WebSocket from "ws";
import { until } from "../../crash/deadline.ts";
import type { Player } from "../../crash/Player.ts";
import type { Frame } from "../../crash/PlayerSocket.ts";

/** Frames that report a change of a lobby; `POWER_CAST` is also an answer, which has no version. */
const CHANGES = new Set(["RACE_STATE_CHANGED", "RUNNER_SCRATCHED", "POWER_CAST", "RACE_SETTLED"]);

export class Onlooker {
  /** Close code, once closed. */
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  /** What it has of each lobby: versions of changes and `snapshot`s, in order. */
  readonly #seen = new Map<string, Array<number | "snapshot">>();
  readonly wallet: Array<number> = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => this.#take(JSON.parse(String(data)) as Frame));
    // A close follows, and that is what is looked at.
    socket.on("error", () => undefined);
    this.closed = new Promise((resolve) => socket.on("close", resolve));
  }

  /** Resolves when it has its wallet and its own lobby. */
  static async open(url: string, { token }: Player): Promise<Onlooker> {
    const address = `${url.replace(/^http/, "ws")}/ws?token=${token}`;
    const onlooker = new Onlooker(new WebSocket(address));
    await until(
      "the wallet and the lobby of a socket",
      () => ({ wallet: onlooker.wallet.length, lobbies: onlooker.#seen.size }),
      ({ lobbies, wallet }) => wallet > 0 && lobbies > 0,
    );
    return onlooker;
  }

  /** Resolves when the lobby's snapshot is there. */
  async subscribe(lobbyId: string): Promise<void> {
    this.#send({ type: "SUBSCRIBE", topic: `lobby:${lobbyId}` });
    await until(
      `a snapshot of ${lobbyId}`,
      () => this.seen(lobbyId).length,
      (length) => length > 0,
    );
  }

  /** From the change after `version` on, without a snapshot as long as someone remembers. */
  resume(lobbyId: string, version: number): void {
    this.#send({ type: "RESUME", topic: `lobby:${lobbyId}`, after_version: version });
  }

  seen(lobbyId: string): ReadonlyArray<number | "snapshot"> {
    return this.#seen.get(lobbyId) ?? [];
  }

  /** Version of the newest change, zero before the first. */
  newest(lobbyId: string): number {
    return this.seen(lobbyId).reduce<number>(
      (newest, one) => (one === "snapshot" ? newest : one),
      0,
    );
  }

  /** Resolves when the lobby has changed `times` more. */
  async changes(lobbyId: string, times: number): Promise<void> {
    const from = this.newest(lobbyId);
    await until(
      `${times} changes of ${lobbyId}`,
      () => this.newest(lobbyId),
      (newest) => newest >= from + times,
    );
  }

  /** Gaps, repetitions and snapshots among a lobby's changes; empty when each followed the one before. */
  faults(lobbyId: string): ReadonlyArray<string> {
    const [, ...changes] = this.seen(lobbyId);
    return changes.flatMap((one, n) => {
      const before = changes[n - 1];
      const isNext = before === undefined || before === "snapshot" || one === Number(before) + 1;
      return one !== "snapshot" && isNext ? [] : [`${lobbyId}: ${before} was followed by ${one}`];
    });
  }

  close(): void {
    this.#socket.close();
  }

  #send(frame: object): void {
    this.#socket.send(JSON.stringify(frame));
  }

  #take(frame: Frame): void {
    if (frame.type === "WALLET_UPDATED") this.wallet.push(Number(frame["version"]));
    const lobbyId = frame["lobby_id"];
    if (typeof lobbyId !== "string") return;
    const seen = this.#seen.get(lobbyId) ?? [];
    this.#seen.set(lobbyId, seen);
    if (frame.type === "STATE_SNAPSHOT") seen.push("snapshot");
    else if (CHANGES.has(frame.type) && frame["state_version"] !== undefined)
      seen.push(Number(frame["state_version"]));
  }
}
