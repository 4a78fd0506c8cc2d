/**
 * The SDK's types are those of the contracts: generated from them as they are now, and the compiler finds each to be the
 * other. That half of the test is the type `Same`: where it does not hold, `tsc -p .` fails.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { HttpApi, HttpApiEndpoint, HttpApiGroup } from "@effect/platform";
import type { Schema } from "effect";
import { expect, test } from "vitest";
import type * as frames from "../../rpc/frames.ts";
import type { DocumentedApi } from "../../rpc/http/api.ts";
import type { Accepted } from "../../rpc/http/accepted.ts";
import type * as auth from "../../rpc/http/auth.ts";
import type * as equity from "../../rpc/http/equity.ts";
import type * as favor from "../../rpc/http/favor.ts";
import type * as lobby from "../../rpc/http/lobby.ts";
import type * as raffle from "../../rpc/http/raffle.ts";
import type * as reservation from "../../rpc/http/reservation.ts";
import { wireSource } from "../../scripts/sdk-types.ts";
import type * as wire from "../../sdk/src/wire.ts";

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : { missing: B }) : { extra: A };
const holds = <_Claim extends true>(): void => undefined;
type Encoded<S> = S extends Schema.Schema<infer _A, infer I, infer _R> ? I : never;

// Frames and the bodies that clients send, as they are on the wire.
holds<Same<wire.ServerFrame, Encoded<typeof frames.ServerFrame>>>();
holds<Same<wire.ClientFrame, Encoded<typeof frames.ClientFrame>>>();
holds<Same<wire.JoinBody, Encoded<typeof auth.JoinBody>>>();
holds<Same<wire.Credentials, Encoded<typeof auth.Credentials>>>();
holds<Same<wire.PlaceBetBody, Encoded<typeof frames.PlaceBetBody>>>();
holds<Same<wire.CastPowerBody, Encoded<typeof frames.CastPowerBody>>>();
holds<Same<wire.ReserveBody, Encoded<typeof reservation.ReserveBody>>>();
holds<Same<wire.PayBody, Encoded<typeof reservation.PayBody>>>();
holds<Same<wire.CreateRaffleBody, Encoded<typeof raffle.CreateRaffleBody>>>();
holds<Same<wire.OfferFavorBody, Encoded<typeof favor.OfferFavorBody>>>();
holds<Same<wire.CalculateBody, Encoded<typeof equity.CalculateBody>>>();
holds<Same<wire.MultiwayBody, Encoded<typeof equity.MultiwayBody>>>();
holds<Same<wire.EvaluateBody, Encoded<typeof equity.EvaluateBody>>>();
holds<Same<wire.CreateLobbyBody, Encoded<typeof lobby.CreateLobbyBody>>>();

// Every answer of every endpoint, by its id in the contract: `wallet.statement`.
type Groups =
  typeof DocumentedApi extends HttpApi.HttpApi<infer _Id, infer G, infer _E, infer _R> ? G : never;
type Answers = {
  [G in Groups as never]: never;
} & UnionToIntersection<
  Groups extends infer G
    ? G extends HttpApiGroup.HttpApiGroup<
        infer Group,
        infer Endpoints,
        infer _E,
        infer _R,
        infer _T
      >
      ? {
          [E in Endpoints as `${Group}.${HttpApiEndpoint.HttpApiEndpoint.Name<E>}`]: Body<
            HttpApiEndpoint.HttpApiEndpoint.Success<E>
          >;
        }
      : never
    : never
>;
/** A 202 bears the same body as a 200. */
type Body<Answer> = Answer extends Accepted<infer Inner> ? Inner : Answer;
type UnionToIntersection<U> = (U extends unknown ? (each: U) => void : never) extends (
  all: infer I,
) => void
  ? I
  : never;
type WireAnswers = {
  [E in wire.Endpoints[keyof wire.Endpoints] as E["id"]]: E["answer"];
};
holds<Same<keyof Answers, keyof WireAnswers>>();
type Different = {
  [Id in keyof Answers & keyof WireAnswers]: Same<WireAnswers[Id], Answers[Id]> extends true
    ? never
    : Id;
}[keyof Answers & keyof WireAnswers];
holds<Same<Different, never>>();

test("sdk/src/wire.ts is what the contracts make of it: npx tsx scripts/sdk-types.ts", async () => {
  const file = fileURLToPath(new URL("../../sdk/src/wire.ts", import.meta.url));
  expect(await readFile(file, "utf8")).toBe(await wireSource());
});
