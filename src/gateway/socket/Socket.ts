/** One client's WebSocket. It owns the rule that uWebSockets crashes on when broken: nothing may be sent after the close. */
import type { WebSocket } from "uWebSockets.js";
import type { ServerFrame } from "../../../rpc/frames.ts";
import type { CallerClaims } from "../../../rpc/http/security.ts";
import type { Traffic } from "./Traffic.ts";

/** Close codes of RFC 6455 and its registry. */
export const CLOSE = {
  /** Bad token, wrong lobby, token expired or revoked. */
  policyViolation: 1008,
  /** The service restarts; connect again, to another process. */
  serviceRestart: 1012,
  /** The client reads too slowly; connect again and resume. */
  tryAgainLater: 1013,
} as const;

/** Frames kept of a client that has not been let in yet; one that waits for its ack sends none. */
const MAX_EARLY_FRAMES = 32;

/** uWebSockets copies the fields of what it is given, so the socket itself is one field. */
export interface UserData<S extends Socket = Socket> {
  readonly socket: S;
}

/** What is known of a socket when it comes. */
export interface SocketOptions {
  readonly clientId: string;
  /** Empty: it shows none. */
  readonly token: string;
  readonly address: string;
  /** Counts what is sent to it alone. */
  readonly traffic: Traffic;
  /** The lobby that it names. */
  readonly lobbyId?: string | undefined;
}

export class Socket {
  readonly clientId: string;
  readonly token: string;
  /** What its requests are counted by. */
  readonly address: string;
  /** Topics that this socket gets, or is about to. */
  readonly topics = new Set<string>();
  /** Commands that have not been answered. */
  inFlight = 0;
  /** Frames refused for their rate, beyond those that were taken. */
  overLimit = 0;
  /** Answers of this turn of the event loop: a commit answers many commands, and they leave in one packet. */
  private answers: Array<string> = [];
  private earlyFrames: Array<string> = [];
  private claims: CallerClaims | undefined;
  private readonly askedLobbyId: string | undefined;
  private readonly traffic: Traffic;
  private commands = 0;
  private ws: WebSocket<UserData> | undefined;

  constructor(options: SocketOptions) {
    this.clientId = options.clientId;
    this.token = options.token;
    this.askedLobbyId = options.lobbyId;
    this.address = options.address;
    this.traffic = options.traffic;
  }

  /** Who it is, once its token has been verified; undefined for one that shows none. */
  get caller(): CallerClaims | undefined {
    return this.claims;
  }

  /** The lobby that a frame without `lobby_id` is about. */
  get lobbyId(): string | undefined {
    return this.askedLobbyId ?? this.claims?.lobbyId;
  }

  /** Whether it has been let in. */
  isIn = false;

  /** Lets the client in; returns what it has sent before that. */
  admitted(caller: CallerClaims | undefined): ReadonlyArray<string> {
    this.isIn = true;
    this.claims = caller;
    return this.earlyFrames.splice(0);
  }

  /** Keeps a frame until the client is let in; false when there is no more room. */
  early(text: string): boolean {
    return this.earlyFrames.push(text) <= MAX_EARLY_FRAMES;
  }

  get isOpen(): boolean {
    return this.ws !== undefined;
  }

  opened(ws: WebSocket<UserData>): void {
    this.ws = ws;
  }

  closed(): void {
    this.ws = undefined;
  }

  /** Names this socket's next command in logs and in the journal. */
  nextRequestId(): string {
    this.commands += 1;
    return `${this.clientId}.${this.commands}`;
  }

  send(frame: ServerFrame): void {
    this.sendText(JSON.stringify(frame));
  }

  /** Sends a command's answer at the end of this turn, with the others of the turn. */
  answer(frame: ServerFrame): void {
    if (this.answers.push(JSON.stringify(frame)) === 1) setImmediate(() => this.sendAnswers());
  }

  private sendAnswers(): void {
    const texts = this.answers;
    if (texts.length === 0) return;
    this.answers = [];
    const { ws } = this;
    if (ws === undefined) return;
    this.traffic.framesSent += texts.length;
    ws.cork(() => {
      for (const text of texts) ws.send(text);
    });
  }

  sendText(text: string): void {
    if (this.ws === undefined) return;
    this.traffic.framesSent += 1;
    this.ws.send(text);
  }

  /** Sends what `write` sends in one packet. */
  cork(write: () => void): void {
    this.ws?.cork(write);
  }

  /** From the next publication on this socket gets the topic's frames. */
  subscribe(topic: string): void {
    this.ws?.subscribe(topic);
  }

  unsubscribe(topic: string): void {
    this.ws?.unsubscribe(topic);
  }

  /** Bytes that wait for the client to read. */
  get waitingBytes(): number {
    return this.ws?.getBufferedAmount() ?? 0;
  }

  /** Sends the answers that are still due, and closes. */
  close(code: number, reason: string): void {
    this.sendAnswers();
    this.ws?.end(code, reason);
  }
}
