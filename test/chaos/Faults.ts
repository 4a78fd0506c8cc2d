/** Lets a fault happen to a cluster. Each resolves when it is over; what lasts is undone by the cluster's `heal`. */
import { setTimeout as delay } from "node:timers/promises";
import type { Held } from "../support/PostgresProxy.ts";
import type { ChaosCluster, Member } from "./ChaosCluster.ts";
import type { Fault } from "./Schedule.ts";

/** Written with every result of a race, with every bet in its lobby, and with every stake in a wallet. */
const RESULT = `"_tag":"RaceFinished"`;
const BET = `"_tag":"BetAccepted"`;
const STAKE = `"_tag":"MoneyHeld"`;
/** A commit that does not come within this is not waited for any longer. */
const COMMIT_MS = 6000;

export class Faults {
  readonly #cluster: ChaosCluster;
  readonly #log: (text: string) => void;
  /** A paused process runs again: whoever likes may ask it for something at once. */
  readonly #onWake: (index: number) => void;
  #isOver = false;

  constructor(cluster: ChaosCluster, log: (text: string) => void, onWake: (index: number) => void) {
    this.#cluster = cluster;
    this.#log = log;
    this.#onWake = onWake;
  }

  /** No fault begins any more, and none that waits for its moment strikes. */
  end(): void {
    this.#isOver = true;
  }

  async strike(fault: Fault): Promise<void> {
    if (this.#isOver) return;
    const cluster = this.#cluster;
    switch (fault.kind) {
      case "kill": {
        const member = cluster.member(fault.process);
        this.#log(`kill -9 of ${member.name}, started again after ${fault.awayMs} ms`);
        await cluster.kill(member);
        return this.#startAfter(member, fault.awayMs);
      }
      case "kill while settling":
        return this.#killSettling(fault.awayMs);
      case "stop": {
        const member = cluster.member(fault.process);
        this.#log(`SIGTERM to ${member.name}, started again after ${fault.awayMs} ms`);
        const startedAt = performance.now();
        const isInTime = await cluster.stop(member);
        const ms = Math.round(performance.now() - startedAt);
        this.#log(`${member.name} ${isInTime ? "ended" : "had to be killed"} after ${ms} ms`);
        return this.#startAfter(member, fault.awayMs);
      }
      case "short pause":
      case "long pause": {
        const member = cluster.member(fault.process);
        if (member.server === undefined)
          return this.#log(`${member.name} is not there to be paused`);
        this.#log(`SIGSTOP to ${member.name} for ${fault.forMs} ms`);
        cluster.pause(member);
        await delay(fault.forMs);
        return member.isPaused ? this.#wake(member) : undefined;
      }
      case "pause while committing":
        return this.#pauseCommitting(fault.forMs);
      case "cut links": {
        const member = cluster.member(fault.process);
        this.#log(`links to ${member.name} are cut`);
        for (const link of member.links) link.cut();
        return;
      }
      case "slow links": {
        const member = cluster.member(fault.process);
        this.#log(`links to ${member.name} take ${fault.delayMs} ms, for ${fault.forMs} ms`);
        for (const link of member.links) link.slow(fault.delayMs);
        return this.#healAfter(member, fault.forMs);
      }
      case "silent links": {
        const member = cluster.member(fault.process);
        this.#log(`links: nothing gets ${fault.direction} ${member.name}, for ${fault.forMs} ms`);
        for (const link of member.links) link.silence(fault.direction);
        return this.#healAfter(member, fault.forMs);
      }
      case "end a session":
        return this.#endSession("pg_terminate_backend of", ANY_SESSION, fault.pick);
      case "end a lock session":
        return this.#endSession("pg_terminate_backend of lock holder", LOCK_SESSION, fault.pick);
      case "kill PostgreSQL": {
        const pid = cluster.postgres.pid();
        this.#log(`kill -9 of PostgreSQL (${pid ?? "it is away already"})`);
        if (pid !== undefined) process.kill(pid, "SIGKILL");
        return;
      }
      case "lose a commit's answer":
        return this.#loseAnswer();
      case "full disk": {
        if (!cluster.disk.canBeFull)
          return this.#log("the disk cannot be filled here: no file system may be mounted");
        this.#log(`the disk is full for ${fault.forMs} ms`);
        cluster.disk.fill();
        await delay(fault.forMs);
        cluster.disk.empty();
        return this.#log("the disk has room again");
      }
    }
  }

  async #startAfter(member: Member, awayMs: number): Promise<void> {
    await delay(awayMs);
    await this.#cluster.start(member);
    this.#log(`${member.name} is started`);
  }

  async #healAfter({ links, name }: Member, forMs: number): Promise<void> {
    await delay(forMs);
    for (const link of links) link.heal();
    this.#log(`links to ${name} are well`);
  }

  /** Catches the next commit of a marker in any of these processes; undefined when none comes in time. */
  async #catch(
    members: ReadonlyArray<Member>,
    marker: string,
  ): Promise<readonly [Member, Held] | undefined> {
    let isTaken = false;
    const caught = members.map(async (member) => {
      const held = await member.database.next(marker);
      // The trap of another was first, or nobody waits any more.
      if (isTaken || this.#isOver) {
        held.release();
        return undefined;
      }
      isTaken = true;
      return [member, held] as const;
    });
    const first = new Promise<readonly [Member, Held]>((resolve) => {
      for (const one of caught) void one.then((pair) => pair !== undefined && resolve(pair));
    });
    const late = delay(COMMIT_MS, undefined, { ref: false });
    const found = await Promise.race([first, late]);
    isTaken = true;
    return found;
  }

  async #killSettling(awayMs: number): Promise<void> {
    const caught = await this.#catch(this.#cluster.members, RESULT);
    if (caught === undefined) return this.#log("no race ended in time for a kill while it settles");
    const [member, held] = caught;
    await Promise.race([held.deliver(), delay(COMMIT_MS, undefined, { ref: false })]);
    this.#log(`kill -9 of ${member.name} as a race's result is written, back after ${awayMs} ms`);
    await this.#cluster.kill(member);
    held.cut();
    return this.#startAfter(member, awayMs);
  }

  async #loseAnswer(): Promise<void> {
    const caught = await this.#catch(this.#cluster.members, STAKE);
    if (caught === undefined) return this.#log("no bet was committed whose answer could be lost");
    const [member, held] = caught;
    await Promise.race([held.deliver(), delay(COMMIT_MS, undefined, { ref: false })]);
    held.cut();
    this.#log(`${member.name} does not hear the answer to a commit`);
  }

  /** The copy that has been replaced writes once more: the journal has to refuse it. */
  async #pauseCommitting(forMs: number): Promise<void> {
    const caught = await this.#catch(this.#cluster.members, BET);
    if (caught === undefined) return this.#log("no bet was committed that could be paused");
    const [member, held] = caught;
    this.#log(`SIGSTOP to ${member.name} for ${forMs} ms, with a commit on its way`);
    this.#cluster.pause(member);
    await delay(forMs);
    held.release();
    if (!member.isPaused) return;
    this.#wake(member);
  }

  #wake(member: Member): void {
    this.#cluster.resume(member);
    this.#onWake(member.index);
    this.#log(`SIGCONT to ${member.name}`);
  }

  async #endSession(what: string, sessions: string, pick: number): Promise<void> {
    try {
      await this.#cluster.withDatabase(async (client) => {
        const { rows } = await client.query<{ pid: number; name: string }>(sessions);
        const session = rows[pick % Math.max(rows.length, 1)];
        if (session === undefined) return this.#log(`${what}: there is no such session`);
        await client.query("SELECT pg_terminate_backend($1)", [session.pid]);
        this.#log(`${what} ${session.pid} (${session.name || "unnamed"})`);
      });
    } catch (error) {
      this.#log(`${what}: PostgreSQL is away (${String(error)})`);
    }
  }
}

const ANY_SESSION = `
SELECT pid, application_name AS name FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY pid`;

const LOCK_SESSION = `
SELECT a.pid, a.application_name AS name FROM pg_stat_activity a
JOIN pg_locks l ON l.pid = a.pid AND l.locktype = 'advisory' AND l.granted
WHERE a.datname = current_database() GROUP BY a.pid, a.application_name HAVING count(*) > 1 ORDER BY a.pid`;
