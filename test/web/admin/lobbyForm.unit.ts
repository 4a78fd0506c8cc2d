import { Schema } from "effect";
import { expect, test } from "vitest";
import { CreateLobbyBody } from "../../../rpc/http/lobby.ts";
import {
  EMPTY_LOBBY,
  fieldOfWire,
  idFor,
  readLobby,
} from "../../../web/src/admin/lobbies/lobbyForm.ts";
import type { LobbyForm } from "../../../web/src/admin/lobbies/lobbyForm.ts";
import { formatsOf } from "../../../web/src/i18n/formats.ts";

const reading = (form: Partial<LobbyForm>, language = "en") =>
  readLobby(
    { ...EMPTY_LOBBY, name: "Derby", id: "derby", ...form },
    { parseMoney: formatsOf(language).parseMoney, example: "2.50" },
  );
const faultsOf = (form: Partial<LobbyForm>) => {
  const read = reading(form);
  return read.ok
    ? {}
    : Object.fromEntries([...read.faults].map(([field, { key }]) => [field, key]));
};

test("what is left empty is left to the server", () => {
  expect(reading({})).toEqual({ ok: true, lobby: { lobby_id: "derby", name: "Derby" } });
});

test("seconds and money are sent as the contract has them, and it takes them", () => {
  const full = {
    name: " Derby ",
    bettingSeconds: "30",
    racingSeconds: "20",
    resultsSeconds: "0.5",
    minBet: "1.00",
    maxBet: "500",
  };
  const read = reading(full);
  expect(read).toEqual({
    ok: true,
    lobby: {
      lobby_id: "derby",
      name: "Derby",
      betting_ms: 30_000,
      racing_ms: 20_000,
      results_ms: 500,
      min_bet: 100,
      max_bet: 50_000,
    },
  });
  if (read.ok) expect(() => Schema.decodeUnknownSync(CreateLobbyBody)(read.lobby)).not.toThrow();
  expect(reading({ minBet: "2,50", resultsSeconds: "1,5" }, "es")).toMatchObject({
    lobby: { min_bet: 250, results_ms: 1_500 },
  });
});

test("everything that is wrong is said at once, at its field", () => {
  expect(
    faultsOf({
      name: " ",
      id: "a b",
      bettingSeconds: "0",
      racingSeconds: "61",
      resultsSeconds: "soon",
      minBet: "1.234",
      maxBet: "0",
    }),
  ).toEqual({
    name: "fault.required",
    id: "fault.unsafeId",
    bettingSeconds: "fault.atLeast",
    racingSeconds: "fault.atMost",
    resultsSeconds: "fault.number",
    minBet: "fault.money",
    maxBet: "fault.notZero",
  });
  expect(faultsOf({ minBet: "5", maxBet: "4" })).toEqual({ maxBet: "fault.belowMinBet" });
});

test("a name suggests an id that can be one", () => {
  expect(idFor("Café Noir, table 2!")).toBe("cafe-noir-table-2");
  expect(idFor("  ")).toBe("");
  expect(idFor("x".repeat(100))).toHaveLength(64);
});

test("the server's names are known again", () => {
  expect(fieldOfWire("max_bet")).toBe("maxBet");
  expect(fieldOfWire("lobby_id")).toBe("id");
  expect(fieldOfWire("other")).toBeUndefined();
});
