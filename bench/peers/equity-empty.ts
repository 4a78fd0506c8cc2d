/**
 * The equity endpoints without equity: the same contract through the same routes on uWebSockets, decoded and encoded as
 * ever, with handlers that answer what they always answer.
 */
import { HttpApi } from "@effect/platform";
import uws from "uWebSockets.js";
import { EquityApi } from "../../rpc/http/equity.ts";
import { makeCors } from "../../src/gateway/Cors.ts";
import { problemsOf } from "../../src/gateway/Problems.ts";
import { RateLimiter } from "../../src/gateway/RateLimiter.ts";
import { compile, type RouteServices, serve } from "../../src/gateway/Routes.ts";
import { serveWorker } from "../support/Worker.ts";

export interface EquityEmptyReply {
  readonly port: number;
}

const Api = HttpApi.make("croupier").add(EquityApi);

const SHARES = { equity: 0.5, win: 0.5, tie: 0, lose: 0.5, std_error: 0, low: 0.5, high: 0.5 };
const COMPUTED = { method: "exact", samples: 1_712_304, converged: true, elapsed_ms: 0 } as const;
const ok = <A>(value: A) => Promise.resolve({ ok: true as const, value, replayed: false });

serveWorker<null, EquityEmptyReply>(() => {
  let requests = 0;
  const unlimited = new RateLimiter({ perSecond: 0, now: () => performance.now() });
  const services: RouteServices = {
    problems: problemsOf(Api),
    cors: makeCors([]),
    metrics: { request: () => {}, refused: () => {} },
    newRequestId: () => String(++requests),
    began: () => {},
    ended: () => {},
    isDraining: () => false,
    tokens: { recall: () => undefined, verify: async () => undefined } as never,
    clientKey: () => "",
    addressLimit: unlimited,
    playerLimit: unlimited,
    log: { error: console.error } as never,
  };
  const app = uws.App();
  serve<typeof Api>(
    app,
    compile(Api),
    {
      equity: {
        calculate: () => ok({ ...SHARES, ...COMPUTED }),
        multiway: ({ payload }) =>
          ok({
            players: payload.players.map((cards) => ({ hand: cards, ...SHARES })),
            ...COMPUTED,
          }),
        evaluate: () =>
          ok({ category: "high_card" as const, rank: 1, best: [], words: "", low: null }),
      },
    },
    services,
  );
  return new Promise((resolve, reject) => {
    app.listen("127.0.0.1", 0, (socket) => {
      if (socket === false) reject(new Error("no port is free"));
      else resolve({ port: uws.us_socket_local_port(socket) });
    });
  });
});
