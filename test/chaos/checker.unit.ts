/** The checker accepts what a sound system leaves, and rejects each way of breaking a promise, by its name. */
import { Schema } from "effect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LobbyEvent } from "../../entities/lobby/events.ts";
import { topic } from "../../entities/lobby/frames.ts";
import { evolve, initial } from "../../entities/lobby/state.ts";
import { goldenJournals } from "../entities/golden/Golden.ts";
import { check, type Evidence } from "./checker.ts";
import type { Finding } from "./Finding.ts";
import { intentsOf, type Line } from "./History.ts";
import type { Entry, TaggedEvent } from "./Journal.ts";
import { linearize } from "./Linearizability.ts";
import { digestOf, LOBBY, Story } from "./Story.ts";
import { walletModel, walletOperations } from "./WalletModel.ts";

const ANN = "ann";
const STAKE = 500;

const accepted = (evidence: Evidence) => expect(check(evidence)).toEqual([]);

/** The promise is found broken, whatever else follows from it. */
const rejected = (evidence: Evidence, promise: Finding["promise"], sentence: RegExp) =>
  expect(
    check(evidence)
      .filter((finding) => finding.promise === promise)
      .map((finding) => finding.sentence)
      .join("\n"),
  ).toMatch(sentence);

const told = (): Story => {
  const story = new Story();
  story.join(ANN);
  return story;
};

const changedEntry = (
  { history, journal }: Evidence,
  matches: (entry: Entry) => boolean,
  change: (entry: Entry) => ReadonlyArray<Entry>,
): Evidence => ({
  history,
  journal: journal.flatMap((one) => (matches(one) ? change(one) : [one])),
});

const changedLine = (
  { history, journal }: Evidence,
  matches: (line: Line) => boolean,
  change: (line: Line) => ReadonlyArray<Line>,
): Evidence => ({
  journal,
  history: history.flatMap((one) => (matches(one) ? change(one) : [one])),
});

const commandBegins = (text: string) => (entry: Entry) => entry.commandId.startsWith(text);

describe("accepts", () => {
  it("bets, a cancellation, a settlement and reads between", () => {
    const story = told();
    const betId = story.bet(ANN, "a", STAKE, { from: 10, to: 20 });
    story.read(ANN, "r1", { from: 21, to: 22 });
    const other = story.bet(ANN, "b", STAKE, { from: 23, to: 30 });
    story.cancel(ANN, "c", betId, { from: 31, to: 40 });
    story.settle(ANN, other, 900, 50);
    story.read(ANN, "r2", { from: 60, to: 61 });
    accepted(story.evidence);
  });

  it("a bet of which nobody heard, that happened", () => {
    const story = told();
    story.ask(ANN, { kind: "bet", key: "a", lobbyId: LOBBY, stake: STAKE }, 10);
    story.hold(ANN, "a", STAKE, 15);
    story.accept(ANN, "a", STAKE, 16);
    story.read(ANN, "r", { from: 30, to: 31 });
    accepted(story.evidence);
  });

  it("a bet of which nobody heard, that never happened", () => {
    const story = told();
    story.ask(ANN, { kind: "bet", key: "a", lobbyId: LOBBY, stake: STAKE }, 10);
    story.read(ANN, "r", { from: 30, to: 31 });
    accepted(story.evidence);
  });

  it("a read that overlaps a bet, whether it saw it or not", () => {
    for (const isFirst of [true, false]) {
      const story = told();
      if (isFirst) story.read(ANN, "r", { from: 15, to: 25 });
      story.bet(ANN, "a", STAKE, { from: 10, to: 30 });
      if (!isFirst) story.read(ANN, "r", { from: 15, to: 25 });
      accepted(story.evidence);
    }
  });

  it("a refusal for want of money, while there was too little", () => {
    const story = told();
    story.bet(ANN, "a", 99_000, { from: 10, to: 20 });
    const op = story.ask(ANN, { kind: "bet", key: "b", lobbyId: LOBBY, stake: 2000 }, 21);
    story.write("wallet", ANN, {
      commandId: `hold:${digestOf(ANN, "b")}`,
      command: "Hold",
      events: [],
      refusal: "InsufficientFunds",
      at: story.time(22),
    });
    story.answer(op, 30, 422, { code: "insufficient_funds", available: 1000, required: 2000 });
    accepted(story.evidence);
  });

  it("a refused bet, whose stake was held and given back", () => {
    const story = told();
    const op = story.ask(ANN, { kind: "bet", key: "a", lobbyId: LOBBY, stake: STAKE }, 10);
    story.hold(ANN, "a", STAKE, 12);
    const holdId = `${LOBBY}:${digestOf(ANN, "a")}`;
    story.write("lobby", LOBBY, {
      commandId: `accept:${digestOf(ANN, "a")}`,
      command: "AcceptBet",
      events: [],
      refusal: "BettingClosed",
      at: story.time(13),
    });
    story.read(ANN, "r", { from: 14, to: 15 });
    story.release(ANN, holdId, STAKE, 0, story.time(16));
    story.answer(op, 20, 409, { code: "betting_closed" });
    story.read(ANN, "r2", { from: 21, to: 22 });
    accepted(story.evidence);
  });

  it("an answer that is repeated as it was", () => {
    const story = told();
    story.bet(ANN, "a", STAKE, { from: 10, to: 20 });
    repeat(story, (body) => body);
    accepted(story.evidence);
  });
});

/** Asks again for the story's first request and is told what `change` makes of its answer. */
const repeat = (story: Story, change: (body: object) => object) => {
  const [intent] = intentsOf(story.evidence.history);
  const answer = intent?.answers[0];
  if (intent === undefined || answer === undefined) throw new Error("nothing was answered");
  const again = story.ask(intent.playerId, intent.request, 1000);
  story.answer(again, 1001, answer.status, change(answer.body) as never);
};

describe("rejects", () => {
  const oneBet = (): Story => {
    const story = told();
    story.bet(ANN, "a", STAKE, { from: 10, to: 20 });
    return story;
  };

  it("an acknowledged bet that the wallet does not have", () => {
    const lost = changedEntry(oneBet().evidence, commandBegins("hold:"), () => []);
    rejected(lost, "acknowledged is durable", /wallet ann has no command hold:/);
  });

  it("an acknowledged bet that the lobby does not have", () => {
    const lost = changedEntry(oneBet().evidence, commandBegins("accept:"), () => []);
    rejected(lost, "acknowledged is durable", /lobby derby has no command accept:/);
  });

  it("an acknowledged bet that was refused", () => {
    const turned = changedEntry(oneBet().evidence, commandBegins("accept:"), (entry) => [
      { ...entry, events: [], reply: { ok: false, error: { _tag: "BettingClosed" } } },
    ]);
    rejected(turned, "acknowledged is durable", /has refused command accept:/);
  });

  it("a second effect of one command", () => {
    const story = oneBet();
    story.hold(ANN, "a", STAKE, 25);
    rejected(story.evidence, "one effect", /command hold:.* was carried out again/);
  });

  it("one hold that is settled twice, by two commands", () => {
    const story = told();
    const betId = story.bet(ANN, "a", STAKE, { from: 10, to: 20 });
    story.settle(ANN, betId, 900, 30);
    story.write("wallet", ANN, {
      commandId: "settle:again",
      command: "Settle",
      events: [{ _tag: "HoldSettled", holdId: betId, amountMinor: STAKE, payoutMinor: 900 }],
      at: story.time(40),
    });
    rejected(story.evidence, "one effect", /the end of hold .* has happened before/);
  });

  it("one request that cast two powers", () => {
    const story = told();
    const cast = { power: "pwr_boost_01", target: 1, playerId: ANN, costMinor: 2000, tick: 1 };
    const evidence = {
      history: [],
      journal: [1, 2].map((n) => ({
        kind: "favor",
        entityId: "any",
        version: n,
        commandId: `cast:${n}`,
        command: "CastPower",
        events: [{ _tag: "PowerCast", castId: `${LOBBY}:${digestOf(ANN, "p")}~${n}`, ...cast }],
        reply: null,
        at: story.time(n),
        lines: [],
      })),
    };
    rejected(evidence, "one effect", /one request made both/);
  });

  it("a read that does not see a bet acknowledged before it", () => {
    const story = told();
    const before = story.seen(ANN);
    story.bet(ANN, "a", STAKE, { from: 10, to: 20 });
    story.answer(story.ask(ANN, { kind: "read", key: "r" }, 21), 22, 200, before);
    rejected(story.evidence, "linearizable", /no order of .* explains/);
  });

  it("a read that goes back behind another read", () => {
    const story = told();
    const before = story.seen(ANN);
    story.ask(ANN, { kind: "bet", key: "a", lobbyId: LOBBY, stake: STAKE }, 10);
    story.hold(ANN, "a", STAKE, 15);
    story.read(ANN, "r1", { from: 20, to: 21 });
    story.answer(story.ask(ANN, { kind: "read", key: "r2" }, 22), 23, 200, before);
    rejected(story.evidence, "linearizable", /read r2 saw version 1 after read r1 had seen 2/);
    rejected(story.evidence, "linearizable", /no order of .* explains/);
  });

  it("a read of what was never there", () => {
    const story = told();
    const body = { ...story.seen(ANN), balance_total: 100_001, balance_available: 100_001 };
    story.answer(story.ask(ANN, { kind: "read", key: "r" }, 10), 11, 200, body);
    rejected(story.evidence, "linearizable", /saw 100001 .* and the journal has 100000/);
  });

  it("two bets whose answers each leave out the other", () => {
    const story = told();
    story.bet(ANN, "a", STAKE, { from: 10, to: 20 });
    story.bet(ANN, "b", STAKE, { from: 10, to: 20 });
    const split = changedLine(
      story.evidence,
      (line) => line.type === "ok" && line.op === "op2",
      (line) =>
        line.type === "ok"
          ? [
              {
                ...line,
                body: {
                  ...line.body,
                  wallet: {
                    balance_total: 100_000,
                    balance_locked: STAKE,
                    balance_available: 99_500,
                  },
                },
              },
            ]
          : [],
    );
    rejected(split, "linearizable", /no order of .* explains/);
    rejected(split, "the stored reply is the given one", /is stored/);
  });

  it("a refusal for want of money that was there", () => {
    const story = told();
    const op = story.ask(ANN, { kind: "bet", key: "b", lobbyId: LOBBY, stake: 2000 }, 10);
    story.answer(op, 20, 422, { code: "insufficient_funds", available: 1000, required: 2000 });
    rejected(story.evidence, "linearizable", /no order of .* explains/);
    rejected(story.evidence, "the stored reply is the given one", /stored is no refusal/);
  });

  it("a reply that changes when it is repeated", () => {
    const story = oneBet();
    repeat(story, (body) => ({ ...body, stake: 501 }));
    rejected(story.evidence, "a repetition hears the same", /"stake":501/);
  });

  it("a version that is missing", () => {
    const story = oneBet();
    story.bet(ANN, "b", STAKE, { from: 30, to: 40 });
    const gap = changedEntry(
      story.evidence,
      (entry) => entry.kind === "wallet" && entry.version === 2,
      () => [],
    );
    rejected(gap, "no version is missing", /version 3 comes after 1/);
  });

  it("money made from nothing: an event that the ledger does not know", () => {
    const story = oneBet();
    story.write("wallet", ANN, {
      commandId: "deposit:1",
      command: "Deposit",
      events: [{ _tag: "Deposited", amountMinor: 7, account: "provider:x", ref: "x" }],
      at: story.time(30),
    });
    rejected(story.evidence, "money is conserved", /7 came from nowhere/);
  });

  it("money that leaves an account before it has come there", () => {
    const story = oneBet();
    const credit = { debit: "favor:f", credit: `player:${ANN}:available`, amount: 7 };
    story.write("wallet", ANN, {
      commandId: "credit:f",
      command: "Deposit",
      events: [{ _tag: "Deposited", amountMinor: 7, account: "favor:f", ref: "f" }],
      lines: [credit],
      at: story.time(30),
    });
    rejected(story.evidence, "money is conserved", /leaves -7 on favor:f/);
  });

  it("a payout of a hold that was never open", () => {
    const story = oneBet();
    story.settle(ANN, "nobody's", 900, 30);
    rejected(story.evidence, "money is conserved", /HoldSettled in version 3 cannot be/);
  });
});

/** A lobby through a whole race as it was once recorded, and what someone saw who watched all of it. */
const watched = () => {
  const [, golden] = goldenJournals().find(([name]) => name === "whole-race.json") ?? [];
  const lobby = golden?.entities.find(({ kind }) => kind === "lobby");
  if (lobby === undefined) throw new Error("no race was recorded");
  const story = new Story();
  story.journal.splice(0);
  story.connect("watcher", "s1", 0);
  const { entityId } = lobby;
  const decode = Schema.decodeUnknownSync(LobbyEvent);
  let state = initial;
  let ms = 1;
  const frames: Array<{ readonly version: number; readonly frame: object }> = [];
  for (const { at, command, events, version } of lobby.entries) {
    const commandId = `~${command}:${version}`;
    const entry = { kind: "lobby", entityId, version, commandId, command, reply: null, at };
    story.journal.push({ ...entry, events: events as ReadonlyArray<TaggedEvent>, lines: [] });
    for (const encoded of events) {
      const event = decode(encoded);
      state = evolve(state, event);
      frames.push(...topic.frames(event, state, { at, entityId, commandId }));
    }
  }
  const see = (socket: string, { frame, version }: { version: number; frame: object }) =>
    story.frame(socket, ms++, { topic: `lobby:${entityId}`, kind: "change", version, frame });
  const resume = (socket: string, after: number) => {
    story.connect("watcher", socket, ms++);
    const at = story.time(ms++);
    story.history.push({ type: "joined", at, socket, topic: `lobby:${entityId}`, after });
  };
  resume("s1", (frames[0]?.version ?? 0) - 1);
  return { story, frames, see, resume };
};

describe("of what a watcher saw it", () => {
  it("accepts all frames, over two connections", () => {
    const { frames, resume, see, story } = watched();
    const half = Math.floor(frames.length / 2);
    for (const frame of frames.slice(0, half)) see("s1", frame);
    resume("s2", frames[half - 1]?.version ?? 0);
    for (const frame of frames.slice(half)) see("s2", frame);
    expect(frames.length).toBeGreaterThan(4);
    accepted(story.evidence);
  });

  it("rejects a frame of a version that the journal does not have", () => {
    const { frames, see, story } = watched();
    for (const frame of frames) see("s1", frame);
    const last = frames.at(-1);
    if (last !== undefined) see("s1", { ...last, version: last.version + 1 });
    rejected(story.evidence, "nothing is ahead of the journal", /the journal has no such version/);
  });

  it("rejects a frame that says something else than the journal", () => {
    const { frames, see, story } = watched();
    for (const { frame, version } of frames)
      see("s1", { version, frame: version === 2 ? { ...frame, phase: "lobby" } : frame });
    rejected(story.evidence, "nothing is ahead of the journal", /the journal leads to another/);
  });

  it.each([
    ["again", [0, 1, 1, 2], /comes again/],
    ["out of order", [0, 2, 1, 3], /a gap/],
    ["without the one before", [0, 1, 3], /a gap/],
  ] as const)("rejects a frame %s", (_, order, sentence) => {
    const { frames, see, story } = watched();
    for (const n of order) {
      const frame = frames[n];
      if (frame !== undefined) see("s1", frame);
    }
    rejected(story.evidence, "a stream has no gap and no repeat", sentence);
  });

  it("rejects what was seen before, on a new connection", () => {
    const { frames, resume, see, story } = watched();
    for (const frame of frames.slice(0, 3)) see("s1", frame);
    resume("s2", frames[0]?.version ?? 0);
    const again = frames[1];
    if (again !== undefined) see("s2", again);
    rejected(story.evidence, "a stream has no gap and no repeat", /change \d+ comes after \d+/);
  });

  it.each([
    ["accepts a wallet's frames with one left out and one said twice", [1, 3, 3, 4], []],
    ["rejects a wallet's frame of before", [1, 3, 2], [/change 2 comes after 3/]],
  ] as const)("%s", (_, versions, sentences) => {
    const story = told();
    const shown = new Map<number, object>();
    const show = () => {
      const { version, open_holds: _, ...balances } = story.seen(ANN);
      const frame = { type: "WALLET_UPDATED", player_id: ANN, version, ...balances, frozen: false };
      shown.set(Number(version), frame);
    };
    show();
    for (let n = 0; n < 3; n++) {
      story.hold(ANN, `k${n}`, STAKE, 10 + n);
      show();
    }
    story.connect(ANN, "s1", 20);
    versions.forEach((version, n) =>
      story.frame("s1", 21 + n, {
        topic: `wallet:${ANN}`,
        kind: "change",
        version,
        frame: shown.get(version) ?? {},
      }),
    );
    if (sentences.length === 0) accepted(story.evidence);
    for (const sentence of sentences)
      rejected(story.evidence, "a stream has no gap and no repeat", sentence);
  });

  it("rejects a wallet's frame that no entry leads to", () => {
    const story = told();
    const balances = { balance_total: 99_000, balance_locked: 0, balance_available: 99_000 };
    const frame = {
      type: "WALLET_UPDATED",
      player_id: ANN,
      version: 1,
      ...balances,
      frozen: false,
    };
    story.connect(ANN, "s1", 5);
    story.frame("s1", 6, { topic: `wallet:${ANN}`, kind: "change", version: 1, frame });
    rejected(story.evidence, "nothing is ahead of the journal", /the journal says 100000/);
  });
});

describe("the search for a linear order", () => {
  it("without a journal takes an unanswered bet to have happened or not", () => {
    for (const happened of [true, false]) {
      const story = new Story();
      story.ask(ANN, { kind: "bet", key: "a", lobbyId: LOBBY, stake: STAKE }, 10);
      story.join(ANN);
      if (happened) story.hold(ANN, "a", STAKE, 15);
      const { version: _, open_holds: __, ...wallet } = story.seen(ANN);
      const operations = [
        ...walletOperations([], story.journal.slice(2, 3)),
        ...walletOperations(intentsOf(story.history), undefined),
        {
          invokedAt: story.time(20),
          answeredAt: story.time(21),
          required: true,
          action: {
            name: "look",
            changes: [],
            observed: {
              total: Number(wallet["balance_total"]),
              locked: Number(wallet["balance_locked"]),
            },
          },
        },
      ];
      expect(linearize(operations, walletModel)._tag).toBe("Linearizable");
    }
  });

  const registerModel = {
    initial: 0,
    step: (value: number, action: { readonly write?: number; readonly read?: number }) =>
      action.write ?? (action.read === value ? value : undefined),
    key: String,
  };
  const operation = (from: number, to: number, action: { write?: number; read?: number }) => ({
    invokedAt: from,
    answeredAt: to,
    required: true,
    action,
  });

  it("accepts what any order explains and names what none does", () => {
    const concurrent = [
      operation(0, 10, { write: 1 }),
      operation(0, 10, { write: 2 }),
      operation(11, 12, { read: 1 }),
    ];
    expect(linearize(concurrent, registerModel)._tag).toBe("Linearizable");
    const twice = [...concurrent, operation(13, 14, { read: 2 })];
    expect(linearize(twice, registerModel)).toMatchObject({
      _tag: "NotLinearizable",
      blocked: { action: { read: 2 } },
    });
  });

  it("accepts every run that has an order, whatever its times, and no run with a value from nowhere", () => {
    const step = fc.record({
      write: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      early: fc.integer({ min: 0, max: 4 }),
      late: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        let value = 0;
        const operations = steps.map(({ early, late, write }, n) => {
          value = write ?? value;
          const action = write === undefined ? { read: value } : { write };
          return operation(n - early, n + late + 0.5, action);
        });
        expect(linearize(operations, registerModel)._tag).toBe("Linearizable");
        const lie = operation(steps.length + 10, steps.length + 11, { read: 99 });
        expect(linearize([...operations, lie], registerModel)._tag).toBe("NotLinearizable");
      }),
    );
  });

  it("explains ten thousand operations of eight players in two seconds, and finds the one that lies", () => {
    const story = new Story();
    const players = Array.from({ length: 8 }, (_, n) => `p${n}`);
    for (const player of players) story.join(player);
    for (let n = 0; n < 5000; n++) {
      const player = players[n % 8] ?? ANN;
      // Each overlaps the player's two next.
      const span = { from: 10 + n, to: 28 + n };
      const betId = story.bet(player, `b${n}`, 10, span);
      if (n % 10 !== 0) story.settle(player, betId, 10, 20 + n);
      story.read(player, `r${n}`, { from: 12 + n, to: 30 + n });
    }
    const { evidence } = story;
    const before = process.cpuUsage();
    expect(check(evidence)).toEqual([]);
    // Of its own time, for others may be at work here, too.
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
    const lying = changedLine(
      evidence,
      (line) => line.type === "ok" && line.op === "op6000",
      (line) =>
        line.type === "ok"
          ? [{ ...line, body: { ...line.body, version: 3, balance_total: 1 } }]
          : [],
    );
    rejected(lying, "linearizable", /no order of .* explains read/);
  });
});
