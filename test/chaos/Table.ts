/** What the players know that concerns more than one request: phases of lobbies, bets to cancel, favors, reservations. */
import type { Decision } from "./Decisions.ts";
import type { Answered, Request } from "./History.ts";
import { Stall } from "./Stall.ts";
import type { Wire } from "./Wire.ts";

/** A bet or favor is forgotten when there are more: the oldest is likely over. */
const REMEMBERED = 40;
const DUE_SECONDS = 2;

interface Favor {
  readonly favorId: string;
  readonly lender: string;
  readonly borrower: string;
  status: "offered" | "active";
}

export class Table {
  readonly #lobbies: ReadonlyArray<string>;
  readonly #players: ReadonlyArray<string>;
  readonly #phases = new Map<string, string>();
  readonly #bets = new Map<string, Array<string>>();
  readonly favors = new Map<string, Favor>();
  readonly stall = new Stall();

  constructor(lobbies: ReadonlyArray<string>, players: ReadonlyArray<string>) {
    this.#lobbies = lobbies;
    this.#players = players;
  }

  phase(lobbyId: string, phase: string): void {
    this.#phases.set(lobbyId, phase);
  }

  /** The decision as a request that fits what there is. */
  request(playerId: string, key: string, decision: Decision): readonly [Request, Wire] {
    switch (decision.kind) {
      case "read":
        return [
          { kind: "read", key },
          { method: "GET", path: "/wallet/me" },
        ];
      case "cancel": {
        const betId = chosen(this.#bets.get(playerId) ?? [], decision);
        if (betId === undefined) break;
        const path = `/bets/${encodeURIComponent(betId)}`;
        const frame = { type: "CANCEL_BET", bet_id: betId };
        return [
          { kind: "cancel", key, betId },
          { method: "DELETE", path, frame },
        ];
      }
      case "cast": {
        const lobbyId = chosen(this.#inPhase("racing"), decision);
        if (lobbyId === undefined) break;
        const target = decision.selection[0];
        const body = { lobby_id: lobbyId, power: decision.power, target };
        const frame = { type: "CAST_POWER", ...body };
        return [
          { kind: "cast", key, lobbyId },
          { method: "POST", path: "/powers/cast", body, frame },
        ];
      }
      case "offer": {
        const others = this.#players.filter((other) => other !== playerId);
        const to = chosen(others, decision);
        if (to === undefined) break;
        const amount = decision.stake;
        const repay = amount + Math.floor(decision.choice * 50);
        const body = { to, amount, repay, due_in_seconds: DUE_SECONDS };
        return [
          { kind: "offer", key, to, amount },
          { method: "POST", path: "/favors", body },
        ];
      }
      case "accept":
      case "decline":
      case "withdraw":
      case "repay": {
        const { kind } = decision;
        const favor = chosen(this.#answerable(playerId, kind), decision);
        if (favor !== undefined) return answer(kind, key, favor.favorId);
        break;
      }
      case "bet":
        break;
      default: {
        const request = this.stall.request(playerId, key, decision);
        if (request !== undefined) return request;
      }
    }
    return this.#bet(key, decision);
  }

  /** Takes note of what has come of a request. */
  answered(playerId: string, request: Request, { body, status }: Answered): void {
    this.stall.answered(playerId, request, { body, status });
    if (request.kind === "cancel") {
      const bets = this.#bets.get(playerId) ?? [];
      this.#bets.set(
        playerId,
        bets.filter((betId) => betId !== request.betId),
      );
    }
    if ("favorId" in request) {
      const favor = this.favors.get(request.favorId);
      // Refused or done: but for an accepted one nothing is left to do, and a refusal says that another was faster.
      if (request.kind === "accept" && status < 400 && favor !== undefined) favor.status = "active";
      else if (status < 400 || body["code"] !== "insufficient_funds")
        this.favors.delete(request.favorId);
    }
    if (status >= 400) return;
    if (request.kind === "bet") {
      const bets = this.#bets.get(playerId) ?? [];
      bets.push(String(body["bet_id"]));
      if (bets.length > REMEMBERED) bets.shift();
      this.#bets.set(playerId, bets);
    }
    if (request.kind === "offer") {
      const favorId = String(body["favor_id"]);
      const { to: borrower } = request;
      this.favors.set(favorId, { favorId, lender: playerId, borrower, status: "offered" });
    }
  }

  #inPhase(phase: string): ReadonlyArray<string> {
    return this.#lobbies.filter((lobbyId) => this.#phases.get(lobbyId) === phase);
  }

  #bet(key: string, decision: Decision): readonly [Request, Wire] {
    const open = this.#inPhase("betting");
    const lobbyId = chosen(open.length > 0 ? open : this.#lobbies, decision) ?? "";
    const { market, selection, stake } = decision;
    const body = { lobby_id: lobbyId, market, selection, stake };
    return [
      { kind: "bet", key, lobbyId, stake },
      { method: "POST", path: "/bets", body, frame: { type: "PLACE_BET", ...body } },
    ];
  }

  #answerable(playerId: string, kind: "accept" | "decline" | "withdraw" | "repay") {
    return [...this.favors.values()].filter(({ borrower, lender, status }) =>
      kind === "withdraw"
        ? lender === playerId && status === "offered"
        : borrower === playerId && status === (kind === "repay" ? "active" : "offered"),
    );
  }
}

export const answer = (
  kind: "accept" | "decline" | "withdraw" | "repay",
  key: string,
  favorId: string,
): readonly [Request, Wire] => [
  { kind, key, favorId },
  { method: "POST", path: `/favors/${favorId}/${kind}` },
];

const chosen = <A>(items: ReadonlyArray<A>, { choice }: Decision): A | undefined =>
  items[Math.floor(choice * items.length)];
