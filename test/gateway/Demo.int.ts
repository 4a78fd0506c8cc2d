/** What DEMO=1 makes, on a real game. */
import { Effect, Either } from "effect";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CommandId } from "../../rpc/id.ts";
import { Lobby } from "../../rpc/lobby.ts";
import { Raffle } from "../../rpc/raffle.ts";
import type { Hand } from "../../rpc/hand.ts";
import type { Ask } from "../../src/actor/Ask.ts";
import { unavailable } from "../../src/actor/Message.ts";
import { seedDemo, seedDemoHands } from "../../src/demo.ts";
import type { PokerDesks } from "../../src/gateway/PokerDesks.ts";
import { makeHandDesk } from "../../src/hands/HandDesk.ts";
import { HandStore } from "../../src/hands/store/HandStore.ts";
import { Poker } from "../../src/poker.ts";
import { readSettings, Settings } from "../../src/ops/Config.ts";
import { Runner, type RunningRunner } from "../../src/runner.ts";
import { type House, openHouse } from "../admin/House.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const seed = (environment: Readonly<Record<string, string>> = {}) =>
  seedDemo.pipe(
    Effect.provideService(Settings, Either.getOrThrow(readSettings(environment))),
    Effect.provideService(Runner, { system: house.system } as RunningRunner),
    Effect.runPromise,
  );
const raffle = async (entityId: string) => {
  const read = await house.system.ask(Raffle, "GetRaffle", { entityId });
  return read.ok ? read.value : undefined;
};

test("there is nothing without it", async () => {
  await seed({ DEMO: "0" });
  expect(await raffle("demo")).toBeUndefined();
});

test("there is a lobby, and a raffle on sale; starting again leaves both as they are", async () => {
  await seed({ SELECTION_SECONDS: "60", PLATFORM_FEE: "0.2" });
  expect((await house.system.ask(Lobby, "GetLobby", { entityId: "demo" })).ok).toBe(true);
  const made = await raffle("demo");
  expect(made).toMatchObject({
    status: "active",
    terms: { ticketPriceMinor: 250, totalNumbers: 1000 },
    rules: { selectionMs: 60_000, feePerMille: 200, beacon: null },
  });
  expect(made?.terms.prizes).toHaveLength(3);
  await seed();
  expect(await raffle("demo")).toEqual(made);
  expect(await raffle("demo-2")).toBeUndefined();
});

test("an answer that does not come is asked for again, until it does", async () => {
  const asked: string[] = [];
  const ask: Ask = (contract, tag, payload, options) => {
    asked.push(tag);
    const isFirst = asked.indexOf(tag) === asked.length - 1;
    // Gone before it got anywhere.
    if (isFirst) return Promise.resolve(unavailable("no answer in time", 1) as never);
    return house.system.ask(contract, tag, payload, options);
  };
  await seedDemo.pipe(
    Effect.provideService(Settings, Either.getOrThrow(readSettings({}))),
    Effect.provideService(Runner, { system: { ask } } as RunningRunner),
    Effect.runPromise,
  );
  expect(asked).toEqual(["Create", "Create", "GetRaffle", "GetRaffle"]);
});

test("when the raffle is over there is another, which may draw with a beacon", async () => {
  const cancelled = await house.system.ask(Raffle, "Cancel", {
    entityId: "demo",
    commandId: CommandId.make("c"),
    reason: "It is over",
  });
  expect(cancelled.ok).toBe(true);
  await seed({ DRAND_URLS: "https://api.drand.sh" });
  expect(await raffle("demo-2")).toMatchObject({
    status: "active",
    rules: { beacon: { scheme: "bls-unchained-g1-rfc9380" } },
  });
});

test("one that was made and not published, for its process died, is published", async () => {
  const second = await raffle("demo-2");
  if (second === undefined) throw new Error("there is no demo-2");
  const { rules, terms } = second;
  const cancel = { entityId: "demo-2", commandId: CommandId.make("c"), reason: "It is over" };
  await house.system.ask(Raffle, "Cancel", cancel);
  const create = { entityId: "demo-3", commandId: CommandId.make("demo:create"), rules, terms };
  await house.system.ask(Raffle, "Create", create);
  await seed();
  expect(await raffle("demo-3")).toMatchObject({ status: "active" });
});

test("there are three hundred hands, and starting again reads none of them", async () => {
  let read = 0;
  const count = (_: Hand) => {
    read += 1;
    return [];
  };
  const store = new HandStore({ pool: house.pool, now: Date.now });
  const intake = { store, count, onStored: () => undefined };
  const hands = makeHandDesk({ pool: house.pool, watchedFolders: 0, intake });
  const seedHands = (environment: Readonly<Record<string, string>> = {}) =>
    seedDemoHands.pipe(
      Effect.provideService(Settings, Either.getOrThrow(readSettings(environment))),
      Effect.provideService(Poker, { hands } as PokerDesks),
      Effect.runPromise,
    );
  await seedHands({ DEMO: "0" });
  const total = async () => {
    const recent = await hands.recent({ limit: 1, offset: 0, filter: {} });
    return recent.ok ? recent.value.total : undefined;
  };
  expect(await total()).toBe(0);
  await seedHands();
  expect(await total()).toBe(300);
  expect(read).toBe(300);
  await seedHands();
  expect(read).toBe(300);
});
