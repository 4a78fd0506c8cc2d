// A service that gives a player a bonus and reads the player's statement.
import { Effect, Schedule } from "effect";
import { ServiceClient } from "../rpc/client/service-client.ts";
import { layerTcp } from "../rpc/client/tcp.ts";
import { Account, CommandId } from "../rpc/id.ts";
import { minor } from "../rpc/money.ts";

const { CROUPIER_URL = "tcp://127.0.0.1:8081", SERVICE_TOKEN = "", PLAYER_ID = "" } = process.env;

const giveBonus = Effect.gen(function* () {
  const { Wallet } = yield* ServiceClient;
  const balance = yield* Wallet.Deposit({
    entityId: PLAYER_ID,
    // Names the intent: however often this is asked, the player gets one bonus.
    commandId: CommandId.make(`bonus:spring:${PLAYER_ID}`),
    amountMinor: minor(2_500),
    account: Account.make("provider:bonus:clearing"),
    ref: "spring bonus",
  });
  console.log(`balance ${balance.totalMinor}`);
  const lines = yield* Wallet.Statement({ entityId: PLAYER_ID, limit: 10 });
  for (const line of lines) console.log(`${line.amountMinor} ${line.purpose} (${line.ref})`);
});

// These two say nothing about what happened, so the same is asked again. Everything else is an answer.
const isUnknown = ({ _tag }: { readonly _tag: string }) =>
  _tag === "Unavailable" || _tag === "RpcClientError";

const program = giveBonus.pipe(
  Effect.retry({ while: isUnknown, schedule: Schedule.exponential(200), times: 5 }),
  Effect.catchAll((failure) => Effect.dieMessage(failure.message)),
  Effect.provide(layerTcp({ url: CROUPIER_URL, token: SERVICE_TOKEN })),
);
await Effect.runPromise(program);
