/**
 * The small endpoint as the Effect platform serves it: our own contract (`rpc/http/bet.ts`) on node:http by
 * HttpApiBuilder. Decoding, the verdict and encoding are the same; what differs is the way from the socket to the
 * handler and back. Spared what ours does beside: no question to a lobby (its state is at hand), no token to verify
 * (one is known), no rate limit, request id or security headers.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { HttpApi, HttpApiBuilder } from "@effect/platform";
import { NodeHttpServer } from "@effect/platform-node";
import { Effect, Layer, Redacted } from "effect";
import { validateSelection } from "../../entities/lobby/race/market.ts";
import { BetApi } from "../../rpc/http/bet.ts";
import { Unauthorized } from "../../rpc/http/failure.ts";
import { Authenticated, type CallerClaims } from "../../rpc/http/security.ts";
import { RaceId } from "../../rpc/id.ts";
import { BettingClosed, InvalidSelection, StakeBelowMin } from "../../rpc/lobby.ts";
import { minor } from "../../rpc/money.ts";
import { serveWorker } from "../support/Worker.ts";

/** The token that it knows, and the lobby whose bets it judges. */
export interface HttpApiRequest {
  readonly token: string;
  readonly lobbyId: string;
  readonly raceId: string;
}

export interface HttpApiReply {
  readonly port: number;
}

const Api = HttpApi.make("croupier").add(BetApi);
const MIN_BET = minor(100);
const RUNNERS = Array.from({ length: 8 }, (_, index) => ({ number: index + 1 }));

function layerOf({ token, lobbyId, raceId }: HttpApiRequest) {
  const caller: CallerClaims = {
    playerId: "bench",
    lobbyId,
    roles: ["player"],
    issuedAt: 0,
    expiresAt: Number.POSITIVE_INFINITY,
  };
  const Authentication = Layer.succeed(Authenticated, {
    bearer: (given) =>
      Redacted.value(given) === token ? Effect.succeed(caller) : new Unauthorized(),
  });
  const Bets = HttpApiBuilder.group(Api, "bets", (handlers) =>
    handlers
      .handle("validate", ({ payload }) => {
        if (payload.race_id !== undefined && payload.race_id !== raceId)
          return new BettingClosed({ phase: "betting", raceId: RaceId.make(raceId) });
        const wrong = validateSelection(payload.market, payload.selection, RUNNERS);
        if (wrong !== null) return new InvalidSelection({ reason: wrong });
        if (payload.stake < MIN_BET) return new StakeBelowMin({ minStakeMinor: MIN_BET });
        return Effect.succeed({
          valid: true as const,
          lobby_id: lobbyId,
          race_id: raceId,
          market: payload.market,
          selection: payload.selection,
          stake: payload.stake,
        });
      })
      .handle("place", () => Effect.dieMessage("only validate is measured"))
      .handle("cancel", () => Effect.dieMessage("only validate is measured"))
      .handle("list", () => Effect.dieMessage("only validate is measured"))
      .handle("get", () => Effect.dieMessage("only validate is measured")),
  );
  return HttpApiBuilder.api(Api).pipe(Layer.provide(Bets), Layer.provide(Authentication));
}

serveWorker<HttpApiRequest, HttpApiReply>(async (request) => {
  const server = createServer();
  const listening = once(server, "listening");
  const layer = HttpApiBuilder.serve().pipe(
    Layer.provide(layerOf(request)),
    Layer.provide(NodeHttpServer.layer(() => server, { port: 0, host: "127.0.0.1" })),
  );
  Effect.runFork(Layer.launch(layer));
  await listening;
  return { port: (server.address() as AddressInfo).port };
});
