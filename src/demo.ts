/** What there is to play with from the first minute, where DEMO is 1. What exists already is left as it is. */
import { Cause, Duration, Effect, Schedule } from "effect";
import { QUICKNET } from "../entities/raffle/draw/round.ts";
import { CommandId, LobbyId, RaffleId } from "../rpc/id.ts";
import { Lobby } from "../rpc/lobby.ts";
import { minor } from "../rpc/money.ts";
import { type BeaconChain, Raffle, type RaffleTerms } from "../rpc/raffle.ts";
import type { Ask } from "./actor/Ask.ts";
import { systemClock, systemEntropy } from "./actor/Clock.ts";
import { lobbyDefaults } from "./gateway/LobbyDefaults.ts";
import type { HandDesk } from "./gateway/PokerDesks.ts";
import { raffleRules } from "./gateway/RaffleDefaults.ts";
import { Settings, type SettingsValues } from "./ops/Config.ts";
import { generateHand, generateHands } from "./hands/generator/HandGenerator.ts";
import { Poker } from "./poker.ts";
import { Runner } from "./runner.ts";

const DEMO = "demo";
const DAY_MS = 86_400_000;
const SERVER_SEED_BYTES = 32;
/** One is over a day after it was made: some years of them, if the server starts every day. */
const MAX_DEMO_RAFFLES = 1000;

/** The public source of chance for raffles made by this process. */
export const beaconOf = ({
  drandUrls,
}: Pick<SettingsValues, "drandUrls">): BeaconChain | undefined =>
  drandUrls.length === 0 ? undefined : QUICKNET;

const demoTerms = (now: number): RaffleTerms => ({
  title: "The harbour raffle",
  description:
    "A thousand numbers, three prizes, one draw. Pick the numbers you like, or let chance pick them for you. While you " +
    "choose they are yours for ten minutes, and at the checkout for five more; pay with your wallet or a sandbox card. " +
    "The draw takes place a day after the raffle has opened, and when it is over, anyone can check it.",
  ticketPriceMinor: minor(250),
  totalNumbers: 1000,
  drawAt: now + DAY_MS,
  prizes: [
    {
      name: "A weekend by the sea",
      description: "Two nights for two, with a view of the harbour.",
    },
    { name: "A folding bicycle", description: "Eight gears, and light enough for the stairs." },
    { name: "Dinner for two" },
  ],
  organiserId: null,
  minSoldPercent: 0,
});

/** Why something was not made; if by `Unavailable`, nobody knows yet whether it was. */
type Refusal = { readonly _tag: string; readonly message: string };

const makeLobby = async (ask: Ask, settings: SettingsValues): Promise<Refusal | undefined> => {
  const created = await ask(Lobby, "Create", {
    entityId: LobbyId.make(DEMO),
    commandId: CommandId.make(DEMO),
    name: "Demo lobby",
    settings: lobbyDefaults(settings),
  });
  return created.ok || created.error._tag === "LobbyExists" ? undefined : created.error;
};

/** `demo`, and once that is over `demo-2`, and so on. */
const makeRaffle = async (ask: Ask, settings: SettingsValues): Promise<Refusal | undefined> => {
  for (let count = 1; count <= MAX_DEMO_RAFFLES; count++) {
    const entityId = RaffleId.make(count === 1 ? DEMO : `${DEMO}-${count}`);
    const found = await ask(Raffle, "GetRaffle", { entityId });
    if (found.ok && ["completed", "cancelled"].includes(found.value.status)) continue;
    if (!found.ok && found.error._tag !== "RaffleNotFound") return found.error;
    if (!found.ok) {
      const created = await ask(Raffle, "Create", {
        entityId,
        commandId: CommandId.make("demo:create"),
        terms: demoTerms(systemClock.now()),
        rules: raffleRules(settings, beaconOf(settings)),
      });
      if (!created.ok && created.error._tag !== "RaffleExists") return created.error;
    } else if (found.value.status !== "draft") return undefined;
    // Another process may be at the same: whoever is first publishes it.
    const published = await ask(Raffle, "Publish", {
      entityId,
      commandId: CommandId.make("demo:publish"),
      serverSeed: systemEntropy.hex(SERVER_SEED_BYTES),
    });
    const isDone = published.ok || published.error._tag === "RaffleStatusConflict";
    return isDone ? undefined : published.error;
  }
  return undefined;
};

/** On a machine that is busy starting things, the first question of all may wait in vain. */
const ASK_AGAIN_AFTER = Duration.seconds(1);
const ASK_FOR = Duration.seconds(30);

/**
 * Says what could not be made; the server starts all the same. While nobody can tell whether something was made, it is asked
 * for again, with the same command ids: a server that began without its lobby would be without it until its next start.
 */
export const seedDemo = Effect.gen(function* () {
  const settings = yield* Settings;
  const { ask } = (yield* Runner).system;
  if (!settings.demo) return;
  for (const [what, make] of [
    ["lobby", makeLobby],
    ["raffle", makeRaffle],
  ] as const) {
    yield* Effect.promise(() => make(ask, settings)).pipe(
      Effect.flatMap((refusal) => (refusal === undefined ? Effect.void : Effect.fail(refusal))),
      Effect.retry({
        while: ({ _tag }) => _tag === "Unavailable",
        schedule: Schedule.spaced(ASK_AGAIN_AFTER).pipe(Schedule.upTo(ASK_FOR)),
      }),
      Effect.catchAll(({ message }) =>
        Effect.logWarning(`the demo ${what} could not be made: ${message}`),
      ),
    );
  }
});

/** Enough for each of ten players to have statistics that say something. */
const DEMO_HANDS = 300;
/** The same hands at each start, so that they are there once. */
const DEMO_HANDS_SEED = 2016;
const DEMO_GAMES = {
  games: ["holdem", "omaha"],
  formats: ["cash", "tournament"],
  names: [
    "Ada",
    "Blaise",
    "Carl",
    "Daniel",
    "Emilie",
    "Fermat",
    "Grace",
    "Huygens",
    "Ingrid",
    "Jakob",
  ],
} as const;

async function* demoHistory(): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const { text } of generateHands(DEMO_HANDS_SEED, DEMO_HANDS, DEMO_GAMES))
    yield encoder.encode(text);
}

const importHands = async (hands: HandDesk): Promise<void> => {
  const last = generateHand(DEMO_HANDS_SEED, DEMO_HANDS - 1, DEMO_GAMES);
  if ((await hands.hand(last.hand.handId)).ok) return;
  await hands.import(DEMO, demoHistory());
};

/** Recorded hands to look at. Says what went wrong; the server starts all the same. */
export const seedDemoHands = Effect.gen(function* () {
  const { demo } = yield* Settings;
  const { hands } = yield* Poker;
  if (!demo) return;
  yield* Effect.tryPromise(() => importHands(hands)).pipe(
    Effect.catchAll(({ error }) =>
      Effect.logWarning("the demo hands could not be imported", Cause.fail(error)),
    ),
  );
});
