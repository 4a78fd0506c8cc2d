/** A player's WebSocket: commands with their answers, and the frames that come by themselves. */
import WebSocket from "ws";
import { within } from "./deadline.ts";

export type Frame = Readonly<Record<string, unknown>> & { readonly type: string };

interface Waiting {
  readonly matches: (frame: Frame) => boolean;
  readonly found: (frame: Frame) => void;
}

export class PlayerSocket {
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #answers = new Map<string, (frame: Frame | undefined) => void>();
  readonly #waiting = new Set<Waiting>();
  #asked = 0;
  #error = "";

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => this.#receive(JSON.parse(String(data)) as Frame));
    // A close follows, and that is what is looked at.
    socket.on("error", (error) => {
      this.#error = error.message;
    });
    this.closed = new Promise((resolve) => {
      socket.on("close", (code) => {
        for (const answer of this.#answers.values()) answer(undefined);
        this.#answers.clear();
        resolve(code);
      });
    });
  }

  /** Open, acknowledged and in its lobby. */
  static async open(url: string, token: string): Promise<PlayerSocket> {
    const address = `${url.replace(/^http/, "ws")}/ws?token=${token}`;
    const socket = new PlayerSocket(new WebSocket(address));
    const snapshot = socket.next("STATE_SNAPSHOT", ({ type }) => type === "STATE_SNAPSHOT");
    const refused = socket.closed.then((code) => {
      throw new Error(`the socket was closed with ${code} ${socket.#error}`);
    });
    await Promise.race([snapshot, refused]);
    return socket;
  }

  /** Sends a command and resolves with its answer, or with undefined when the socket closes first. */
  ask(frame: Frame): Promise<Frame | undefined> {
    const id = `q${this.#asked++}`;
    const answered = new Promise<Frame | undefined>((resolve) => {
      if (this.#socket.readyState !== WebSocket.OPEN) return resolve(undefined);
      this.#answers.set(id, resolve);
      this.#socket.send(JSON.stringify({ ...frame, id }));
    });
    return within(answered, `an answer to ${frame.type}`);
  }

  /** The next frame, of those that come from now on, that matches. */
  next(what: string, matches: (frame: Frame) => boolean): Promise<Frame> {
    let waiting: Waiting | undefined;
    const found = new Promise<Frame>((resolve) => {
      waiting = { matches, found: resolve };
      this.#waiting.add(waiting);
    });
    return within(found, what).finally(() => {
      if (waiting !== undefined) this.#waiting.delete(waiting);
    });
  }

  phase(phase: string): Promise<Frame> {
    return this.next(
      `phase ${phase}`,
      (frame) => frame.type === "RACE_STATE_CHANGED" && frame["phase"] === phase,
    );
  }

  close(): void {
    this.#socket.close();
  }

  #receive(frame: Frame): void {
    const id = frame["id"];
    if (typeof id === "string") {
      this.#answers.get(id)?.(frame);
      this.#answers.delete(id);
    }
    for (const waiting of this.#waiting) if (waiting.matches(frame)) waiting.found(frame);
  }
}
