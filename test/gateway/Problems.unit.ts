import { Schema } from "effect";
import { describe, expect, test } from "vitest";
import { CroupierApi } from "../../rpc/http/api.ts";
import { problem, shapeOf } from "../../rpc/http/problem.ts";
import { IdempotencyKeyReused, NotYours, Unavailable } from "../../rpc/failure.ts";
import {
  Forbidden,
  InternalError,
  NotFound,
  PayloadTooLarge,
  RateLimited,
  Unauthorized,
  ValidationFailed,
} from "../../rpc/http/failure.ts";
import {
  BetNotFound,
  BettingClosed,
  Cooldown,
  LobbyNotFound,
  PlayerLimit,
  PowerCapReached,
  StakeAboveMax,
  StakeBelowMin,
} from "../../rpc/lobby.ts";
import { minor } from "../../rpc/money.ts";
import { RaceId } from "../../rpc/id.ts";
import { DrawDatePast } from "../../rpc/raffle.ts";
import { InsufficientFunds } from "../../rpc/wallet.ts";
import { problemsOf } from "../../src/gateway/Problems.ts";

const problems = problemsOf(CroupierApi);

/** The codes and statuses that clients rely on. */
const PROMISED = [
  [
    new InsufficientFunds({ availableMinor: minor(5), requiredMinor: minor(9) }),
    "insufficient_funds",
    422,
    { available: 5, required: 9 },
  ],
  [
    new BettingClosed({ phase: "racing", raceId: RaceId.make("r1") }),
    "betting_closed",
    409,
    { phase: "racing", race_id: "r1" },
  ],
  [
    new IdempotencyKeyReused({ commandId: "k" }),
    "idempotency_key_reused",
    422,
    { command_id: "k" },
  ],
  [new StakeBelowMin({ minStakeMinor: minor(100) }), "stake_below_min", 422, { min_stake: 100 }],
  [new StakeAboveMax({ maxStakeMinor: minor(100) }), "stake_above_max", 422, { max_stake: 100 }],
  [
    new PlayerLimit({ limitMinor: minor(2), stakedMinor: minor(1) }),
    "player_limit",
    422,
    { limit: 2, staked: 1 },
  ],
  [
    new PowerCapReached({ capMinor: minor(2), spentMinor: minor(1) }),
    "power_cap_reached",
    422,
    { cap: 2, spent: 1 },
  ],
  [new Cooldown({ readyInMs: 70 }), "cooldown", 409, { ready_in_ms: 70 }],
  [new RateLimited({ retryAfterMs: 7 }), "rate_limited", 429, { retry_after_ms: 7 }],
  [
    new ValidationFailed({ errors: [{ path: "stake", message: "is missing" }] }),
    "validation_failed",
    400,
    { errors: [{ path: "stake", message: "is missing" }] },
  ],
  [
    new DrawDatePast({ drawAt: Date.UTC(2030, 2, 20, 20) }),
    "draw_date_past",
    422,
    { draw_at: "2030-03-20T20:00:00.000Z" },
  ],
  [new PayloadTooLarge({ limitBytes: 1 }), "payload_too_large", 413, { limit_bytes: 1 }],
  [new NotFound(), "not_found", 404, {}],
  [new LobbyNotFound({ lobbyId: "l" }), "not_found", 404, { lobby_id: "l" }],
  [new BetNotFound({ betId: "b" }), "not_found", 404, { bet_id: "b" }],
  [new Unauthorized(), "unauthorized", 401, {}],
  [new Forbidden(), "forbidden", 403, {}],
  [new NotYours(), "forbidden", 403, {}],
  [
    new Unavailable({ reason: "moving", retryAfterMs: 50 }),
    "unavailable",
    503,
    { reason: "moving", retry_after_ms: 50 },
  ],
] as const;

test.each(PROMISED)("%o is %s, status %i", (failure, code, status, own) => {
  const answer = problems.of(failure);
  expect(answer.code).toBe(code);
  expect(answer.status).toBe(status);
  expect(answer.body).toEqual({
    type: `urn:croupier:problem:${code}`,
    title: answer.body.title,
    status,
    code,
    detail: failure.message,
    ...own,
  });
  expect(answer.body.title).toMatch(/^[A-Z][a-z ]+$/);
});

test("what the contract does not name tells nothing of itself", () => {
  const answer = problems.of({ _tag: "SqlError", message: "password authentication failed" });
  expect(answer.status).toBe(500);
  expect(answer.code).toBe("internal_error");
  expect(JSON.stringify(answer.body)).not.toContain("password");
});

describe("every failure of the contract", () => {
  test.each([...problems.byTag.values()])("$tag has a status and a code", (shape) => {
    expect(shape.status).toBeGreaterThanOrEqual(400);
    expect(shape.status === 500).toBe(shape.tag === "InternalError");
    expect(shape.code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    for (const [, wire] of shape.fields) {
      expect(wire).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(["type", "title", "status", "code", "detail"]).not.toContain(wire);
    }
  });
});

test("a typed client gets the failure back", () => {
  const schema = problem(StakeBelowMin);
  const failure = new StakeBelowMin({ minStakeMinor: minor(100) });
  const decoded = Schema.decodeUnknownSync(schema)(Schema.encodeSync(schema)(failure));
  expect(decoded).toBeInstanceOf(StakeBelowMin);
  expect(decoded.minStakeMinor).toBe(100);
  const late = problem(DrawDatePast);
  const past = Schema.encodeSync(late)(new DrawDatePast({ drawAt: 5 }));
  expect(Schema.decodeUnknownSync(late)(past)).toMatchObject({ drawAt: 5 });
});

test("a failure's own fields never hide the problem's", () => {
  expect(shapeOf(InternalError)).toMatchObject({ code: "internal_error", status: 500, fields: [] });
});
