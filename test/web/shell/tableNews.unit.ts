import { expect, test, vi } from "vitest";
import type { Bet, SettledCommand } from "../../../sdk/src/index.ts";
import { reservation } from "../../sdk/support/raffles.ts";
import { fakeStorage } from "./fakeStorage.ts";

vi.stubGlobal("sessionStorage", fakeStorage());
const { betNews, expiryWarningAtMs, frozenNews, keptNews } =
  await import("../../../web/src/shell/tableNews.ts");

const bet = (id: string, status: Bet["status"], payout: number | null = null): Bet => ({
  bet_id: id,
  race_id: "demo-7",
  market: "win",
  selection: [3],
  stake: 500,
  status,
  payout,
});
const race = (...bets: Bet[]) => ({ "demo-7": bets });

test("bets that came in are told once a race, with what they pay and what was staked", () => {
  const news = betNews(
    race(bet("a", "accepted"), bet("b", "accepted"), bet("c", "accepted")),
    race(bet("a", "won", 2_100), bet("b", "lost", 0), bet("c", "won", 650)),
  );
  expect(news).toEqual([
    {
      kind: "good",
      id: "settled-demo-7",
      href: "/races/demo-7",
      text: { key: "shell:news.won", vars: { amount: { money: 2_750 } } },
      detail: { key: "shell:news.wonDetail", vars: { count: 3, won: 2, staked: { money: 1_500 } } },
    },
  ]);
});

test("when none came in, what was lost is told", () => {
  expect(betNews(race(bet("a", "accepted")), race(bet("a", "lost", 0)))).toMatchObject([
    { kind: "plain", text: { key: "shell:news.lost", vars: { amount: { money: 500 } } } },
  ]);
});

test("refunds are told beside", () => {
  const news = betNews(
    race(bet("a", "accepted"), bet("b", "accepted")),
    race(bet("a", "won", 700), bet("b", "refunded", 500)),
  );
  expect(news.map(({ text }) => text)).toEqual([
    { key: "shell:news.won", vars: { amount: { money: 700 } } },
    { key: "shell:news.refunded", vars: { amount: { money: 500 } } },
  ]);
});

test("what was settled before it was first read, and what the player did himself, is no news", () => {
  expect(betNews({}, race(bet("a", "won", 900)))).toEqual([]);
  expect(betNews(race(bet("a", "accepted")), race(bet("a", "cancelled", 475)))).toEqual([]);
  const same = race(bet("a", "accepted"));
  expect(betNews(same, same)).toEqual([]);
});

test("a wallet that is frozen is bad news, one that is opened again replaces them", () => {
  expect(frozenNews(true)).toMatchObject({ kind: "bad", id: "frozen" });
  expect(frozenNews(false)).toMatchObject({ kind: "good", id: "frozen" });
});

const settled = (outcome: SettledCommand["outcome"]): SettledCommand => ({
  isInherited: true,
  kept: {
    key: "k1",
    playerId: "ada",
    madeAtMs: 0,
    command: { type: "PLACE_BET", market: "win", selection: [1], stake: 100 },
  },
  outcome,
});

test("a bet that was under way when the page was closed: placed, or why not, also for reasons yet unknown", () => {
  const refused = (code: string) =>
    keptNews(settled({ ok: false, key: "k1", refusal: { code, detail: "", fields: {} } }));
  expect(refused("betting_closed")).toMatchObject({
    kind: "note",
    detail: { key: "refusals:detail.betting_closed" },
  });
  expect(refused("new_reason")).toMatchObject({ detail: { key: "refusals:detail.other" } });
  const { kept } = settled({ ok: false, key: "k1", refusal: { code: "", detail: "", fields: {} } });
  expect(
    keptNews({
      isInherited: true,
      kept: { ...kept, command: { type: "CANCEL_BET", bet_id: "b" } },
      outcome: { ok: false, key: "k1", refusal: { code: "x", detail: "", fields: {} } },
    }),
  ).toBeNull();
});

test("numbers that were to be reserved when the page was closed: the news lead to their raffle", () => {
  const told = (outcome: SettledCommand["outcome"]) => {
    const { kept } = settled(outcome);
    const command = { type: "RESERVE_NUMBERS", raffle_id: "r", number_ids: ["7"] } as const;
    return keptNews({ isInherited: true, kept: { ...kept, command }, outcome });
  };
  const refusal = { code: "number_taken", detail: "", fields: { numbers: [7] } };
  expect(told({ ok: false, key: "k1", refusal })).toMatchObject({
    kind: "note",
    href: "/raffles/r",
    text: { key: "shell:news.keptNumbersRefused" },
  });
  const frame = { type: "NUMBERS_RESERVED", reservation: reservation([7]) } as const;
  expect(told({ ok: true, key: "k1", frame })).toMatchObject({
    kind: "good",
    href: "/raffles/r",
    text: { key: "shell:news.keptNumbers" },
  });
});

test("a seat that is not renewed is spoken of ten minutes before its end, a short one in its last quarter", () => {
  const obtainedAt = "2026-01-01T10:00:00.000Z";
  const warnedAt = (expiresAt: string) =>
    new Date(expiryWarningAtMs({ obtainedAt, expiresAt })).toISOString();
  expect(warnedAt("2026-01-01T12:00:00.000Z")).toBe("2026-01-01T11:50:00.000Z");
  expect(warnedAt("2026-01-01T10:08:00.000Z")).toBe("2026-01-01T10:06:00.000Z");
});
