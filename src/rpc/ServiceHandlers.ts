/**
 * What answers services. Nobody writes a handler for a message: each passes its payload to the entity it names and gives
 * back what the entity decided, reply or rejection, as it is. What is no entity's (a statement, equity) has its own.
 */
import { hash, timingSafeEqual } from "node:crypto";
import type { Headers } from "@effect/platform";
import type { RpcGroup } from "@effect/rpc";
import { Effect, Layer } from "effect";
import type { AnyContract } from "../../rpc/contract.ts";
import { Unavailable } from "../../rpc/failure.ts";
import { InternalError, Unauthorized } from "../../rpc/http/failure.ts";
import { PlayerId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import {
  SERVICE_CONTRACTS,
  ServiceAuth,
  ServiceRpcs,
  type StatementLine,
} from "../../rpc/services.ts";
import type { StatementLineBody } from "../../rpc/http/wallet.ts";
import type { Ask, AskOptions, Outcome } from "../actor/Ask.ts";
import type { CallMeter, RpcMetrics } from "./CallMeter.ts";
import type { CallsInFlight } from "./CallsInFlight.ts";
import { equityHandlers, type EquityService } from "./EquityHandlers.ts";
import { isDatabaseAway } from "../ops/DatabaseAway.ts";

export interface Service {
  readonly ask: Ask;
  /** Reads a wallet's ledger, newest line first. */
  readonly statement: (
    playerId: PlayerId,
    page: { readonly before?: string; readonly limit: number },
  ) => Promise<ReadonlyArray<StatementLineBody>>;
  readonly equity: EquityService;
  /** What callers have to show. */
  readonly token: string;
  readonly metrics: RpcMetrics;
  /** For calls that bring no `x-request-id` of their own. */
  readonly newRequestId: () => string;
}

const RETRY_AWAY_MS = 1000;
/** As the gateway takes it: what goes into logs and journal. */
const REQUEST_ID = /^[A-Za-z0-9._:-]{1,64}$/;

interface Call {
  readonly headers: Headers.Headers;
}
/** A handler, its types forgotten: they hold because its message and its contract are those of the group. */
type Handler = (payload: never, call: Call) => Effect.Effect<unknown, unknown>;
type Handlers = Readonly<
  Record<RpcGroup.Rpcs<typeof ServiceRpcs>["_tag"], () => Effect.Effect<never>>
>;

/** All that the group's server needs; calls count among `calls`. */
export const layerHandlers = (service: Service, calls: CallsInFlight, meter: CallMeter) => {
  const handlers: Record<string, Handler> = {
    ...entityHandlers(service),
    "Wallet.Statement": statementHandler(service),
  };
  const counted = Object.fromEntries(
    Object.entries(handlers).map(([tag, handler]): readonly [string, Handler] => [
      tag,
      (payload, call) => meter.call(tag, calls.run(handler(payload, call))),
    ]),
  );
  return Layer.merge(
    ServiceRpcs.toLayer({
      ...counted,
      ...equityHandlers(service.equity, calls, meter),
    } as unknown as Handlers),
    Layer.succeed(ServiceAuth, ({ headers, rpc }) =>
      isBearer(headers["authorization"], service.token)
        ? Effect.void
        : Effect.suspend(() => {
            meter.unauthorized(rpc._tag);
            return Effect.fail(new Unauthorized());
          }),
    ),
  );
};

type AskAnything = (
  contract: AnyContract,
  tag: string,
  payload: unknown,
  options: AskOptions,
) => Promise<Outcome<unknown, unknown>>;

const entityHandlers = ({ ask, newRequestId }: Service): Record<string, Handler> => {
  const askAnything = ask as unknown as AskAnything;
  const entries = SERVICE_CONTRACTS.flatMap(([prefix, contract]) =>
    [...contract.group.requests.keys()].map((tag): readonly [string, Handler] => [
      prefix + tag,
      (payload, { headers }) => {
        const requestId = requestIdOf(headers, newRequestId);
        return attempt(requestId, () =>
          askAnything(contract, tag, payload, {
            by: "service",
            requestId,
            fingerprint: hash("sha256", `${tag} ${JSON.stringify(payload)}`),
          }),
        ).pipe(
          Effect.flatMap((outcome) =>
            outcome.ok ? Effect.succeed(outcome.value) : Effect.fail(outcome.error),
          ),
        );
      },
    ]),
  );
  return Object.fromEntries(entries);
};

const statementHandler =
  ({ newRequestId, statement }: Service): Handler =>
  (
    { before, entityId, limit }: { entityId: string; before?: string | undefined; limit: number },
    { headers },
  ) =>
    attempt(requestIdOf(headers, newRequestId), () =>
      statement(PlayerId.make(entityId), { limit, ...(before === undefined ? {} : { before }) }),
    ).pipe(Effect.map((lines) => lines.map(lineOf)));

const lineOf = (line: StatementLineBody): StatementLine => ({
  lineId: line.line_id,
  at: Date.parse(line.at),
  purpose: line.purpose,
  account: line.account,
  counterAccount: line.counter_account,
  amountMinor: line.amount,
  balanceTotalMinor: minor(line.balance_total),
  balanceLockedMinor: minor(line.balance_locked),
  ref: line.ref,
});

/** What goes wrong here is logged under the request's id; the caller learns only whether to ask again. */
const attempt = <A>(requestId: string, work: () => Promise<A>) =>
  Effect.tryPromise(work).pipe(
    Effect.catchAll(({ error }) =>
      isDatabaseAway(error)
        ? Effect.fail(
            new Unavailable({ reason: "the database is away", retryAfterMs: RETRY_AWAY_MS }),
          )
        : Effect.logError("a service's call died", error).pipe(
            Effect.annotateLogs({ requestId }),
            Effect.zipRight(Effect.die(new InternalError())),
          ),
    ),
  );

const requestIdOf = (headers: Headers.Headers, newRequestId: () => string) => {
  const given = headers["x-request-id"];
  return given !== undefined && REQUEST_ID.test(given) ? given : newRequestId();
};

const BEARER = "Bearer ";

/** Takes as long for a token that is almost right as for any other: digests are compared, all of them. */
export const isBearer = (header: string | undefined, token: string): boolean => {
  const shown = header?.startsWith(BEARER) === true ? header.slice(BEARER.length) : "";
  return timingSafeEqual(hash("sha256", shown, "buffer"), hash("sha256", token, "buffer"));
};
