/**
 * Another process of the cluster, as this one sees it: a link that is dialled and dialled again for as long as the process
 * is listed, the news that comes over it, and whether it is still alive.
 *
 * A process that was killed is noticed at once, for its machine closes the connection and refuses the next; one that was
 * stopped, or whose machine is gone, by its silence.
 */
import { connect } from "node:net";
import type { Clock } from "../actor/Clock.ts";
import type { Delivery } from "../actor/Message.ts";
import { type Hello, Link } from "./Link.ts";
import { type FromAcceptor, type FromDialler, PROTOCOL } from "./PeerMessage.ts";
import type { Recipient } from "./Post.ts";
import type { ProcessInfo, ProcessReport } from "./ProcessReport.ts";

export interface PeerEvents {
  readonly said: (peer: Peer, message: FromAcceptor) => void;
  /** The link works, for the first time or again. */
  readonly up: (peer: Peer) => void;
  /** Nothing can be sent now, and what was under way is unknown. */
  readonly down: (peer: Peer, cause: string) => void;
  /** It is dead or as good as: told once for each time that it falls silent. */
  readonly dead: (peer: Peer, cause: string) => void;
  /** It speaks another release's protocol: as long as both are there, neither can be reached from the other. */
  readonly foreign: (peer: Peer) => void;
  /** Another process answers at its address: it has ended, and nothing of it is left to be taken over. */
  readonly replaced: (peer: Peer) => void;
}

/** Often enough that silence is noticed within a second. */
export const PING_EVERY_MS = 250;
/**
 * Silence after which a process is taken for dead. A collection of garbage takes tens of milliseconds and a recovery of a
 * large lobby hundreds; being wrong costs the entities a move.
 */
export const SILENT_AFTER_MS = 1000;
const REDIAL_MIN_MS = 50;
const REDIAL_MAX_MS = 1000;

export class Peer implements Recipient {
  readonly info: ProcessInfo;
  report: ProcessReport | undefined;
  readonly #hello: Hello;
  readonly #clock: Clock;
  readonly #events: PeerEvents;
  #link: Link | undefined;
  #isUp = false;
  #isDead = false;
  /** Alive, and of a release that this one cannot talk to: its silence says nothing. */
  #isForeign = false;
  #isClosed = false;
  #redialMs = REDIAL_MIN_MS;
  #cancel: () => void = () => {};
  /** When it was last heard, or since when it is dialled in vain. */
  #heardAt: number;
  #watchedAt: number;

  constructor(info: ProcessInfo, hello: Hello, clock: Clock, events: PeerEvents) {
    this.info = info;
    this.#hello = hello;
    this.#clock = clock;
    this.#events = events;
    this.#heardAt = this.#watchedAt = clock.now();
    this.#dial();
    this.#watch();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  post(id: number, kind: string, delivery: Delivery, withinMs: number): boolean {
    if (!this.#isUp) return false;
    const { by, fingerprint, payload, requestId, tag } = delivery;
    this.tell({ _tag: "Letter", id, kind, tag, payload, requestId, by, fingerprint, withinMs });
    return true;
  }

  tell(message: FromDialler): void {
    this.#link?.send(message);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
    this.#link?.close("the process is not listed any more");
  }

  #dial(): void {
    const [host, port] = splitAddress(this.info.link);
    const socket = connect({ host, port });
    const link = new Link(socket, this.#clock, {
      hello: (hello) => this.#introduced(link, hello),
      messages: (messages) => {
        this.#heardAt = this.#clock.now();
        for (const message of messages) {
          if (message._tag === "Report") this.report = message.report;
          this.#events.said(this, message as FromAcceptor);
        }
      },
      closed: (cause, code) => this.#lost(link, cause, code),
    });
    this.#link = link;
    socket.once("connect", () => link.introduce(this.#hello));
  }

  #introduced(link: Link, { info, protocol, token }: Hello): void {
    if (token !== this.#hello.token) return link.close("it is of another cluster");
    // Its port has been taken over: the process that was listed is gone.
    if (info.processId !== this.info.processId) {
      link.close(`${info.name} answers in its place`);
      return this.#events.replaced(this);
    }
    this.#heardAt = this.#clock.now();
    this.#isDead = false;
    if (protocol !== PROTOCOL) {
      if (!this.#isForeign) this.#events.foreign(this);
      this.#isForeign = true;
      return link.close("it speaks another release's protocol");
    }
    this.#isForeign = false;
    this.#isUp = true;
    this.#redialMs = REDIAL_MIN_MS;
    this.#events.up(this);
  }

  #lost(link: Link, cause: string, code: string | undefined): void {
    if (this.#link !== link) return;
    this.#link = undefined;
    const wasUp = this.#isUp;
    this.#isUp = false;
    if (wasUp) this.#events.down(this, cause);
    if (this.#isClosed) return;
    // Refused: nothing listens there any more, so that there is nothing to wait for.
    if (code === "ECONNREFUSED") this.#die(cause);
    this.#clock.after(wasUp ? 0 : this.#redialMs, () => {
      if (!this.#isClosed && this.#link === undefined) this.#dial();
    });
    this.#redialMs = Math.min(this.#redialMs * 2, REDIAL_MAX_MS);
  }

  /** Pings it, and listens for its silence. */
  #watch(): void {
    const now = this.#clock.now();
    // It was this process that was away: what the peer has said meanwhile has not been read yet.
    if (now - this.#watchedAt > SILENT_AFTER_MS / 2) this.#heardAt = now;
    this.#watchedAt = now;
    if (this.#isUp) this.tell({ _tag: "Ping", at: now });
    if (!this.#isForeign && now - this.#heardAt > SILENT_AFTER_MS) {
      const cause = `not heard for ${now - this.#heardAt} ms`;
      this.#die(cause);
      // What was under way may wait for ever otherwise; a new connection shows whether it is there.
      this.#link?.close(cause);
    }
    this.#cancel = this.#clock.after(PING_EVERY_MS, () => this.#watch());
  }

  #die(cause: string): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.#events.dead(this, cause);
  }
}

/** `host:port`, also `[::1]:80`. */
export const splitAddress = (address: string): readonly [host: string, port: number] => {
  const colon = address.lastIndexOf(":");
  return [address.slice(0, colon).replace(/^\[|\]$/g, ""), Number(address.slice(colon + 1))];
};
