/**
 * The accepting end of the links: other processes dial it, ask this process's entities and watch their topics. All dialled
 * ends hear which shards are held here and, every second, how the process is.
 */
import { createServer, type Server, type Socket } from "node:net";
import { timingSafeEqual } from "node:crypto";
import type { ActorSystem } from "../actor/ActorSystem.ts";
import type { Clock } from "../actor/Clock.ts";
import type { AnyOutcome, Delivery, Payload } from "../actor/Message.ts";
import { Lease } from "./Lease.ts";
import { type Hello, Link } from "./Link.ts";
import { type FromAcceptor, type LetterSent, PROTOCOL, type PeerMessage } from "./PeerMessage.ts";
import type { ProcessInfo } from "./ProcessReport.ts";

/** A watcher that has not renewed its lease for so long has gone, or forgotten it. */
export const LEASE_MS = 15_000;
/** Leases, and links that have fallen silent, are looked through this often. */
const SWEEP_EVERY_MS = 1000;
/** Dialling ends ping four times a second. */
const SILENT_AFTER_MS = 10_000;

export interface PeerServerOptions {
  readonly system: ActorSystem;
  readonly clock: Clock;
  readonly hello: Hello;
  readonly log: (message: string, fields: Record<string, unknown>) => void;
  /** Who has dialled: perhaps a process that is not known yet. */
  readonly dialled: (info: ProcessInfo) => void;
}

interface Granted {
  readonly lease: Lease;
  renewedAt: number;
}

/** One process that has dialled. */
interface Dialler {
  readonly link: Link;
  info: ProcessInfo | undefined;
  readonly leases: Map<string, Granted>;
}

export class PeerServer {
  readonly #options: PeerServerOptions;
  readonly #server: Server;
  readonly #diallers = new Set<Dialler>();
  #held: ReadonlyArray<string> = [];
  #cancelSweep: () => void = () => {};

  constructor(options: PeerServerOptions) {
    this.#options = options;
    this.#server = createServer((socket) => this.#accept(socket));
    this.#sweep();
  }

  /** Resolves to the port it listens on; rejects when it is taken. */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen({ host, port, exclusive: true }, () => {
        const address = this.#server.address();
        resolve(typeof address === "object" && address !== null ? address.port : port);
      });
    });
  }

  get leases(): number {
    let leases = 0;
    for (const dialler of this.#diallers) leases += dialler.leases.size;
    return leases;
  }

  /** Tells everyone which shards are held here from now on. */
  announce(held: ReadonlyArray<string>): void {
    this.#held = held;
    this.tellAll({ _tag: "Shards", held });
  }

  tellAll(message: FromAcceptor): void {
    for (const { info, link } of this.#diallers) if (info !== undefined) link.send(message);
  }

  /** Says what is still to be said, and closes. */
  close(): void {
    this.#cancelSweep();
    this.#server.close();
    for (const { link } of [...this.#diallers]) link.end("the process is stopping");
  }

  #accept(socket: Socket): void {
    const { clock, log } = this.#options;
    const link = new Link(socket, clock, {
      hello: (hello) => this.#introduced(dialler, hello),
      messages: (messages) => {
        for (const message of messages) this.#take(dialler, message);
      },
      closed: (cause) => {
        this.#diallers.delete(dialler);
        for (const { lease } of dialler.leases.values()) lease.close();
        dialler.leases.clear();
        if (dialler.info !== undefined)
          log("a peer's link has closed", { peer: dialler.info.name, cause });
      },
    });
    const dialler: Dialler = { link, info: undefined, leases: new Map() };
    this.#diallers.add(dialler);
  }

  #introduced(dialler: Dialler, { info, protocol, token }: Hello): void {
    const { hello } = this.#options;
    if (!isSame(token, hello.token)) return dialler.link.close("of another cluster");
    if (protocol !== PROTOCOL) {
      // So that it knows that this process lives, and why they do not talk.
      dialler.link.introduce(hello);
      return dialler.link.end("another release's protocol");
    }
    dialler.info = info;
    dialler.link.introduce(hello);
    dialler.link.send({ _tag: "Shards", held: this.#held });
    this.#options.dialled(info);
  }

  #take(dialler: Dialler, message: PeerMessage): void {
    switch (message._tag) {
      case "Letter":
        return this.#letter(dialler.link, message);
      case "Wake":
        for (const [kind, entityId] of message.entities)
          this.#options.system.overdue(kind, entityId);
        return;
      case "Lease":
        for (const [topic, after] of message.topics) this.#lease(dialler, topic, after);
        return;
      case "Release":
        for (const topic of message.topics) {
          dialler.leases.get(topic)?.lease.close();
          dialler.leases.delete(topic);
        }
        return;
      case "Ping":
        return dialler.link.send({ _tag: "Pong", at: message.at });
    }
  }

  /** A message from another process is decoded like any other input. */
  #letter(link: Link, sent: LetterSent): void {
    const { clock, log, system } = this.#options;
    const codec = system.codecOf(sent.kind)?.get(sent.tag);
    const answer = (outcome: AnyOutcome) => {
      const value = outcome.ok ? outcome.value : codec?.encodeFailure(outcome.error);
      link.send({ _tag: "Answer", id: sent.id, ok: outcome.ok, value, replayed: outcome.replayed });
    };
    // A release that knows more than this one: its messages go to a process that understands them, in time.
    if (codec === undefined) return link.send({ _tag: "Moved", id: sent.id });
    try {
      const delivery: Delivery = {
        tag: sent.tag,
        payload: codec.decodePayload(sent.payload) as Payload,
        requestId: sent.requestId,
        by: sent.by,
        fingerprint: sent.fingerprint,
        deadline: clock.now() + sent.withinMs,
        answer,
        moved: () => link.send({ _tag: "Moved", id: sent.id }),
      };
      system.receive(sent.kind, delivery);
    } catch (cause) {
      log("a peer's message was not understood", {
        kind: sent.kind,
        tag: sent.tag,
        cause: String(cause),
      });
      link.send({ _tag: "Moved", id: sent.id });
    }
  }

  #lease(dialler: Dialler, topic: string, after: number | undefined): void {
    const { clock, system } = this.#options;
    const { leases, link } = dialler;
    const held = leases.get(topic);
    if (held !== undefined) {
      held.renewedAt = clock.now();
      held.lease.renew();
      return;
    }
    const lease = new Lease(system, topic, after, {
      frame: ({ sampled, text, version }) =>
        link.send({ _tag: "Frame", topic, version, sampled, text }),
      opened: (version) => link.send({ _tag: "Opened", topic, version }),
      gap: (version) => link.send({ _tag: "Gap", topic, version }),
    });
    leases.set(topic, { lease, renewedAt: clock.now() });
  }

  #sweep(): void {
    const { clock } = this.#options;
    const now = clock.now();
    for (const { leases, link } of [...this.#diallers]) {
      if (now - link.heardAt > SILENT_AFTER_MS) link.close("not heard for too long");
      for (const [topic, { lease, renewedAt }] of leases)
        if (now - renewedAt > LEASE_MS) {
          lease.close();
          leases.delete(topic);
        }
    }
    this.#cancelSweep = clock.after(SWEEP_EVERY_MS, () => this.#sweep());
  }
}

const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};
