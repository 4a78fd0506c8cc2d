/**
 * The links between processes. A link is one connection: messages arrive whole and in order, or it breaks and what was
 * under way is lost, which its ends notice some time later. Each process dials each other. Beyond what TCP does, a
 * message may be lost alone or come twice.
 */
import type { PeerMessage } from "../../src/cluster/PeerMessage.ts";
import type { End, Link, Resident, Surroundings } from "./Surroundings.ts";

/** From a break to the moment that an end notices: a reset, or heartbeats that stay away. */
const NOTICED_TO_MS = 1000;
const REDIAL_FROM_MS = 20;
const REDIAL_TO_MS = 300;
/** Of lost letters and answers: those whose link goes on as if nothing had been. */
const SILENT_LOSS = 0.2;
const MAY_BE_LOST_ALONE: ReadonlySet<PeerMessage["_tag"]> = new Set(["Letter", "Answer", "Wake"]);
const MAY_COME_TWICE = MAY_BE_LOST_ALONE;

/** A connection, as seen from one of its ends. */
class Connection implements Link {
  readonly #world: Surroundings;
  readonly #wire: Wire;
  readonly #to: End;
  /** Messages arrive in the order in which they were sent. */
  #arrivesAt = 0;

  constructor(world: Surroundings, wire: Wire, to: End) {
    this.#world = world;
    this.#wire = wire;
    this.#to = to;
  }

  send(message: PeerMessage): void {
    const { faults, scheduler, weather } = this.#world;
    if (!this.#wire.isOpen) return;
    if (faults.happens(weather.messageLoss)) {
      this.#world.note(`${this.#wire.name} loses ${message._tag}`);
      if (!MAY_BE_LOST_ALONE.has(message._tag) || !faults.happens(SILENT_LOSS)) this.#wire.break();
      return;
    }
    const isRepeated = MAY_COME_TWICE.has(message._tag) && faults.happens(weather.messageRepeat);
    for (let i = 0; i < (isRepeated ? 2 : 1); i++) {
      const sent = structuredClone(message);
      const delayMs = faults.skewed(0.1, weather.messageDelayMs);
      this.#arrivesAt = Math.max(this.#arrivesAt, scheduler.now + delayMs);
      scheduler.at(this.#to.lane, this.#arrivesAt, message._tag, () => {
        if (this.#wire.isOpen) this.#to.receive(sent);
      });
    }
  }
}

class Wire {
  isOpen = true;
  readonly name: string;
  readonly #onBreak: () => void;

  constructor(name: string, onBreak: () => void) {
    this.name = name;
    this.#onBreak = onBreak;
  }

  break(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#onBreak();
  }
}

export class Network {
  readonly #world: Surroundings;
  readonly #wires = new Map<string, Wire>();
  readonly #cutUntil = new Map<string, number>();

  constructor(world: Surroundings) {
    this.#world = world;
  }

  /** Connects a process with all others, both ways. */
  join(runner: Resident): void {
    for (const other of this.#world.living) {
      if (other === runner) continue;
      this.#dial(runner, other);
      this.#dial(other, runner);
    }
  }

  /** No message passes between two processes for a while. */
  cut(one: Resident, other: Resident, forMs: number): void {
    this.#world.note(`${one.name} and ${other.name} are cut off for ${forMs.toFixed(0)} ms`);
    this.#cutUntil.set(pair(one, other), this.#world.scheduler.now + forMs);
    this.#wires.get(`${one.name}>${other.name}`)?.break();
    this.#wires.get(`${other.name}>${one.name}`)?.break();
  }

  mend(): void {
    this.#cutUntil.clear();
  }

  /** A process has died: its links break. */
  left(runner: Resident): void {
    for (const [name, wire] of this.#wires) if (name.split(">").includes(runner.name)) wire.break();
  }

  #dial(from: Resident, to: Resident): void {
    const { faults, scheduler } = this.#world;
    const name = `${from.name}>${to.name}`;
    const again = () =>
      scheduler.after(from.lane, faults.between(REDIAL_FROM_MS, REDIAL_TO_MS), "dial", () =>
        this.#dial(from, to),
      );
    if (to.lane.hasEnded) return;
    const isCut = (this.#cutUntil.get(pair(from, to)) ?? 0) > scheduler.now;
    if (isCut || to.lane.isPaused) return void again();
    const dialler = from.dialler(to);
    const acceptor = to.acceptor();
    const noticed = () => faults.skewed(0, NOTICED_TO_MS);
    const wire = new Wire(name, () => {
      this.#world.note(`link ${name} breaks`);
      scheduler.after(acceptor.lane, noticed(), "link closed", acceptor.closed);
      scheduler.after(dialler.lane, noticed(), "link closed", () => {
        dialler.closed();
        again();
      });
    });
    this.#wires.set(name, wire);
    dialler.opened(new Connection(this.#world, wire, acceptor));
    acceptor.opened(new Connection(this.#world, wire, dialler));
  }
}

const pair = (one: Resident, other: Resident) => [one.name, other.name].toSorted().join("-");
