/** The checker accepts what a sound raffle leaves, and rejects each way of breaking a promise about numbers, by its name. */
import { describe, expect, it } from "vitest";
import { check, type Evidence } from "./checker.ts";
import type { Finding } from "./Finding.ts";
import type { Body } from "./History.ts";
import type { Entry } from "./Journal.ts";
import { RAFFLE, RaffleStory, shown } from "./RaffleStory.ts";
import { Story } from "./Story.ts";

const ANN = "ann";
const BEN = "ben";

const rejected = (evidence: Evidence, promise: Finding["promise"], sentence: RegExp) =>
  expect(
    check(evidence)
      .filter((finding) => finding.promise === promise)
      .map((finding) => finding.sentence)
      .join("\n"),
  ).toMatch(sentence);

const told = (): RaffleStory => {
  const story = new Story();
  story.join(ANN);
  story.join(BEN);
  return new RaffleStory(story);
};

/** Ann reserves 1 and 2, checks out and pays. */
const bought = (): RaffleStory => {
  const tale = told();
  const id = tale.reserve(ANN, "r", [1, 2], { from: 10, to: 20 });
  tale.checkOut(ANN, "c", id, { from: 30, to: 40 });
  tale.pay(ANN, "p", id, { from: 50, to: 60 });
  return tale;
};

const without = ({ history, journal }: Evidence, drop: (entry: Entry) => boolean): Evidence => ({
  history,
  journal: journal.filter((entry) => !drop(entry)),
});

const changed = (
  { history, journal }: Evidence,
  matches: (entry: Entry) => boolean,
  change: (entry: Entry) => Partial<Entry>,
): Evidence => ({
  history,
  journal: journal.map((entry) => (matches(entry) ? { ...entry, ...change(entry) } : entry)),
});

const answers = (evidence: Evidence, nth: number, change: (body: Body) => Body): Evidence => {
  let n = 0;
  return {
    ...evidence,
    history: evidence.history.map((line) =>
      line.type === "ok" && n++ === nth ? { ...line, body: change(line.body) } : line,
    ),
  };
};

const has = (tag: string) => (entry: Entry) => entry.events.some(({ _tag }) => _tag === tag);

describe("accepts", () => {
  it("a raffle in which one buys, one is too late and gets the money back, and one lets the time run out", () => {
    const tale = bought();
    tale.look(ANN, "l1", shown(4, { mine: [1, 2], sold: [1, 2] }), { from: 70, to: 80 });
    const late = tale.reserve(BEN, "r", [3], { from: 90, to: 95 });
    tale.look(ANN, "l2", shown(5, { mine: [1, 2], sold: [1, 2], reserved: [3] }), {
      from: 96,
      to: 97,
    });
    tale.expire(late, 1200);
    tale.pay(BEN, "p", late, { from: 1300, to: 1400 }, true);
    tale.draw(2000);
    expect(check(tale.story.evidence)).toEqual([]);
  });

  it("a number that another has as soon as the first has let it go", () => {
    const tale = told();
    const id = tale.reserve(ANN, "r", [1], { from: 10, to: 20 });
    tale.expire(id, 1010);
    const other = tale.reserve(BEN, "r", [1], { from: 1011, to: 1012 });
    tale.expire(other, 2100);
    tale.draw(2200);
    expect(check(tale.story.evidence)).toEqual([]);
  });
});

describe("rejects", () => {
  it("a number that two reservations have", () => {
    const tale = told();
    tale.reserve(ANN, "r", [1, 2], { from: 10, to: 20 });
    tale.reserve(BEN, "r", [2, 3], { from: 30, to: 40 });
    rejected(tale.story.evidence, "a number has one owner", /gets number 2, which .* has reserved/);
    rejected(tale.story.evidence, "a number has one owner", /ben was told at .* and ann by/);
  });

  it("a number that was sold and is sold again", () => {
    const tale = bought();
    const id = tale.reserve(BEN, "r", [2], { from: 70, to: 80 });
    rejected(tale.story.evidence, "a number has one owner", /gets number 2, which .* has bought/);
    expect(id).toMatch(RAFFLE);
  });

  it("two players who are told that they have the same number, whatever is written", () => {
    const tale = told();
    tale.reserve(ANN, "r", [1], { from: 10, to: 20 });
    tale.reserve(BEN, "r", [2], { from: 30, to: 40 });
    const lied = answers(tale.story.evidence, 1, ({ reservation }) => ({
      reservation: { ...(reservation as Body), numbers: [{ id: "1", number: 1 }] },
    }));
    rejected(lied, "a number has one owner", /ben was told at .* and ann by/);
    rejected(lied, "the stored reply is the given one", /was given, and .* is stored/);
  });

  it("an acknowledged reservation that the raffle does not have", () => {
    const tale = told();
    tale.reserve(ANN, "r", [1], { from: 10, to: 20 });
    const lost = without(tale.story.evidence, has("NumbersReserved"));
    rejected(lost, "acknowledged is durable", /raffle tombola has no command act:/);
  });

  it("a reservation that never ends", () => {
    const tale = told();
    tale.reserve(ANN, "r", [1], { from: 10, to: 20 });
    tale.draw(2000);
    rejected(tale.story.evidence, "a reservation comes to rest", /is not over/);
  });

  it("a reservation that is put out before its time", () => {
    const tale = told();
    tale.expire(tale.reserve(ANN, "r", [1], { from: 10, to: 20 }), 900);
    rejected(tale.story.evidence, "nobody is put out before the deadline", /its time was up at/);
  });

  it("numbers that are sold and were not paid for", () => {
    const tale = bought();
    tale.draw(100);
    const free = changed(
      tale.story.evidence,
      ({ commandId, kind }) => kind === "wallet" && commandId.startsWith("settle:"),
      () => ({ lines: [] }),
    );
    rejected(free, "a reservation comes to rest", /was charged 0 .* and has tickets for 600/);
  });

  it("money that was taken for nothing and stays where it is", () => {
    const tale = told();
    const late = tale.reserve(BEN, "r", [3], { from: 90, to: 95 });
    tale.expire(late, 1200);
    tale.pay(BEN, "p", late, { from: 1300, to: 1400 }, true);
    tale.draw(2000);
    const kept = without(tale.story.evidence, ({ commandId }) => commandId.startsWith("refund:"));
    rejected(
      kept,
      "a reservation comes to rest",
      /charged 300 and given back 0, and has no tickets/,
    );
  });

  it("money that is given back twice", () => {
    const tale = told();
    const late = tale.reserve(BEN, "r", [3], { from: 90, to: 95 });
    tale.expire(late, 1200);
    tale.pay(BEN, "p", late, { from: 1300, to: 1400 }, true);
    tale.draw(2000);
    const { history, journal } = tale.story.evidence;
    const refund = journal.find(({ commandId }) => commandId.startsWith("refund:"));
    if (refund === undefined) throw new Error("nothing was given back");
    const again = { ...refund, version: refund.version + 1, commandId: `${refund.commandId}:2` };
    const twice = { history, journal: [...journal, again] };
    rejected(twice, "a reservation comes to rest", /was charged 300 and given back 600/);
    rejected(twice, "money is conserved", /leaves -300 on reservation:/);
  });

  it("money that stays in the escrow of a raffle that was drawn", () => {
    const tale = bought();
    tale.draw(100);
    const left = changed(tale.story.evidence, has("RaffleDrawn"), () => ({ lines: [] }));
    rejected(left, "money is conserved", /600 is left in its escrow/);
  });

  it("a payer who is told something else than what is kept", () => {
    const tale = bought();
    tale.draw(100);
    const lied = answers(tale.story.evidence, 2, ({ payment, reservation }) => ({
      payment,
      reservation: { ...(reservation as Body), phase: "checkout" },
    }));
    rejected(lied, "the stored reply is the given one", /placed was told, and .* keeps sold/);
  });

  it("a look at what the numbers were before somebody was told of a change", () => {
    const tale = told();
    tale.reserve(ANN, "r", [1], { from: 10, to: 20 });
    tale.look(BEN, "l", shown(2, {}), { from: 30, to: 40 });
    rejected(
      tale.story.evidence,
      "linearizable",
      /look l saw version 2 after reserve r had seen 3/,
    );
  });

  it("a look that shows another's numbers as one's own", () => {
    const tale = told();
    tale.reserve(ANN, "r", [1], { from: 10, to: 20 });
    tale.look(BEN, "l", shown(3, { mine: [1], reserved: [1] }), { from: 30, to: 40 });
    rejected(tale.story.evidence, "linearizable", /saw 1 its own at version 3/);
  });

  it("a change of the numbers that a watcher misses, and one that is ahead of the journal", () => {
    const tale = bought();
    const { story } = tale;
    const topic = `raffle:${RAFFLE}`;
    story.connect(ANN, "s1", 1);
    const see = (ms: number, kind: "change" | "snapshot", version: number) =>
      story.frame("s1", ms, { topic, kind, version, frame: { version } });
    see(2, "snapshot", 2);
    see(61, "change", 4);
    see(62, "change", 5);
    rejected(story.evidence, "a stream has no gap and no repeat", /change 4 comes after 2: a gap/);
    rejected(
      story.evidence,
      "nothing is ahead of the journal",
      /change 5 was seen at .*the journal has no such version/,
    );
  });
});
