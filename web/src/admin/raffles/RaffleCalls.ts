import type {
  CreateRaffleBody,
  EditRaffleBody,
  RaffleBooksBody,
  RaffleSocketStatsBody,
  RafflesBody,
} from "../../../../rpc/http/raffle.ts";
import type { RaffleBody } from "../../../../rpc/raffleBody.ts";
import { hasTexts, isRecord } from "../../http/request.ts";
import type { Answer } from "../../http/request.ts";
import { asking, pathOf } from "../address.ts";
import { hasLists, hasListOf, hasNumbers, hasRecords } from "../call.ts";
import type { Call } from "../call.ts";

export type RaffleDraft = typeof CreateRaffleBody.Encoded;
export type RaffleTermsDraft = typeof EditRaffleBody.Encoded;

/** What can be done to a raffle once there is one, beside editing it. */
export type RaffleAct = "publish" | "suspend" | "resume" | "close" | "draw" | "cancel";

export interface RaffleCalls {
  readonly raffles: (asked: {
    readonly status: string | null;
    /** Those before this one; null for the newest. */
    readonly before: string | null;
  }) => Promise<Answer<RafflesBody>>;
  readonly raffle: (raffleId: string) => Promise<Answer<RaffleBody>>;
  readonly createRaffle: (raffle: RaffleDraft) => Promise<Answer<RaffleBody>>;
  readonly editRaffle: (raffleId: string, terms: RaffleTermsDraft) => Promise<Answer<RaffleBody>>;
  /** The reason is asked for by `suspend` and `cancel` alone. */
  readonly actOnRaffle: (
    raffleId: string,
    act: RaffleAct,
    reason: string | null,
  ) => Promise<Answer<ActedOn>>;
  readonly raffleBooks: (raffleId: string) => Promise<Answer<RaffleBooksBody>>;
  /** How many watch each raffle, whichever is asked. */
  readonly raffleWatchers: (raffleId: string) => Promise<Answer<RaffleSocketStatsBody>>;
}

/** A raffle, or its draw. */
export interface ActedOn {
  readonly status: string;
}

const ROOT = "/api/v1/raffles";

export function raffleCalls(call: Call): RaffleCalls {
  const of = (raffleId: string, ...rest: readonly string[]) => ROOT + pathOf(raffleId, ...rest);
  return {
    raffles: ({ before, status }) => call(asking(ROOT, { status, before }), { is: isRafflesBody }),
    raffle: (raffleId) => call(of(raffleId), { is: isRaffle }),
    createRaffle: (body) => call(ROOT, { method: "POST", body, is: isRaffle }),
    editRaffle: (raffleId, body) => call(of(raffleId), { method: "PUT", body, is: isRaffle }),
    actOnRaffle: (raffleId, act, reason) =>
      call(of(raffleId, act), {
        method: "POST",
        ...(reason === null ? {} : { body: { reason } }),
        is: isActedOn,
      }),
    raffleBooks: (raffleId) => call(of(raffleId, "books"), { is: isBooks }),
    raffleWatchers: (raffleId) => call(of(raffleId, "ws", "stats"), { is: isStats }),
  };
}

function isRaffle(value: unknown): value is RaffleBody {
  return (
    hasTexts(value, ["id", "title", "status", "draw_at"]) &&
    hasNumbers(value, ["ticket_price", "total_numbers", "sold_count", "reserved_count"]) &&
    hasLists(value, ["prizes"])
  );
}

const isRafflesBody = (value: unknown): value is RafflesBody =>
  hasListOf(value, "raffles", isRaffle);

const isActedOn = (value: unknown): value is ActedOn => hasTexts(value, ["status"]);

const isBooks = (value: unknown): value is RaffleBooksBody =>
  hasNumbers(value, ["sales", "gross", "fee", "payout", "returned"]) &&
  hasLists(value, ["sold_by_hour"]) &&
  hasListOf(value, "unanswered", (one) => hasTexts(one, ["reservation_id", "since", "why"]));

const isStats = (value: unknown): value is RaffleSocketStatsBody =>
  isRecord(value) && hasRecords(value, ["connections_by_raffle"]);
