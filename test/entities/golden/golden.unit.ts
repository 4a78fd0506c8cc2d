/**
 * Today's code reads what every earlier release wrote, and comes to the same. New scenarios are recorded with
 * `RECORD_GOLDEN=1 npx vitest run test/entities/golden`, then `npm run format`; files that are there already are left alone.
 */
import { existsSync, writeFileSync } from "node:fs";
import { SchemaAST } from "effect";
import { describe, expect, it } from "vitest";
import { HandFeedEvent } from "../../../entities/handFeed/events.ts";
import { HandPlayerEvent } from "../../../entities/handPlayer/events.ts";
import { LobbyEvent } from "../../../entities/lobby/events.ts";
import { framesDigest } from "../../../entities/lobby/race/replay.ts";
import { runOf } from "../../../entities/lobby/view.ts";
import { RaffleEvent } from "../../../entities/raffle/events.ts";
import { ReservationEvent } from "../../../entities/reservation/events.ts";
import { WalletEvent } from "../../../entities/wallet/events.ts";
import { canonical } from "../../../src/audit/Canonical.ts";
import { type Casino, LOBBY } from "../game/Casino.ts";
import { handFeedDesk } from "../handFeed/desk.ts";
import { handPlayerDesk } from "../handPlayer/desk.ts";
import { advance, lobbyDesk } from "../lobby/desk.ts";
import { raffleDesk } from "../raffle/desk.ts";
import { reservationDesk } from "../reservation/desk.ts";
import { walletDesk } from "../wallet/desk.ts";
import { FOLDER, type Golden, type GoldenEntity, goldenJournals } from "./Golden.ts";
import { handFeedScenarios } from "./HandFeedScenarios.ts";
import { handPlayerScenarios } from "./HandPlayerScenarios.ts";
import { type Played, raffleScenarios } from "./RaffleScenarios.ts";
import { scenarios } from "./Scenarios.ts";

interface Foldable<State, Event> {
  readonly decider: {
    readonly initial: (entityId: string) => State;
    readonly evolve: (state: State, event: Event) => State;
  };
  readonly event: { readonly decode: (encoded: unknown) => Event };
  readonly state: { readonly encode: (state: State) => unknown };
}

const folded = <State, Event>(
  { decider, event, state }: Foldable<State, Event>,
  { entityId, entries }: Journal,
): unknown => {
  let now = decider.initial(entityId);
  for (const one of entries.flatMap((entry) => entry.events))
    now = decider.evolve(now, event.decode(one));
  return canonical(state.encode(now));
};

type Journal = Omit<GoldenEntity, "state" | "frames">;

const stateOf = (entity: Journal) => {
  switch (entity.kind) {
    case "lobby":
      return folded(lobbyDesk, entity);
    case "wallet":
      return folded(walletDesk, entity);
    case "raffle":
      return folded(raffleDesk, entity);
    case "reservation":
      return folded(reservationDesk, entity);
    case "hand_player":
      return folded(handPlayerDesk, entity);
    case "hand_feed":
      return folded(handFeedDesk, entity);
  }
};

/** Runs each race of a lobby again, from the journal's inputs, and digests what was seen of it. */
const framesOf = ({ entityId, entries, kind }: Journal): ReadonlyArray<string> => {
  if (kind !== "lobby") return [];
  const { decider, event } = lobbyDesk;
  const digests: Array<string> = [];
  let state = decider.initial(entityId);
  for (const one of entries.flatMap((entry) => entry.events).map(event.decode)) {
    state = decider.evolve(state, one);
    if (one._tag === "RaceFinished" && state.race !== null)
      digests.push(framesDigest(runOf(state.race)));
  }
  return digests;
};

const tagOf = ({ ast }: { readonly ast: SchemaAST.AST }): string => {
  const fields = SchemaAST.isTypeLiteral(ast) ? ast.propertySignatures : [];
  const tag = fields.find(({ name }) => name === "_tag")?.type;
  if (tag === undefined || !SchemaAST.isLiteral(tag)) throw new Error("an event without a tag");
  return String(tag.literal);
};

const recorded = (casino: Casino): Golden => {
  const keys = [
    { kind: "lobby" as const, entityId: LOBBY as string },
    ...casino.players.map((entityId) => ({ kind: "wallet" as const, entityId })),
  ];
  return {
    entities: keys.map((key) => {
      const entries = casino.journal
        .entriesOf(key)
        .map(({ at, command, events, version }) => ({ version, command, at, events }));
      const journal = { ...key, entries };
      return { ...journal, frames: framesOf(journal), state: stateOf(journal) };
    }),
  };
};

const recordedOf = (played: ReadonlyArray<Played>): Golden => ({
  entities: played.map((journal) => ({ ...journal, frames: [], state: stateOf(journal) })),
});

const record = async (name: string, play: () => Promise<Golden>) => {
  const path = `${FOLDER}${name}.json`;
  if (process.env["RECORD_GOLDEN"] !== "1" || existsSync(path)) return;
  writeFileSync(path, `${JSON.stringify(await play())}\n`);
};

for (const [name, play] of Object.entries(scenarios))
  await record(name, async () => {
    const casino = await play();
    await casino.expectClean();
    return recorded(casino);
  });
/** Those that are played on a desk, without a game around them. */
const deskScenarios = { ...raffleScenarios, ...handPlayerScenarios, ...handFeedScenarios };
for (const [name, play] of Object.entries(deskScenarios))
  await record(name, () => Promise.resolve(recordedOf(play())));

const journals = goldenJournals();
const entities = journals.flatMap(([file, golden]) =>
  golden.entities.map(
    (entity) => [`${entity.kind} ${entity.entityId} of ${file}`, entity] as const,
  ),
);

describe("golden journals", () => {
  it("were recorded of every scenario", () => {
    const files = journals.map(([file]) => file);
    for (const name of Object.keys({ ...scenarios, ...deskScenarios }))
      expect(files).toContain(`${name}.json`);
  });

  it.each(entities)("lead %s to the recorded state", (_, entity) => {
    // What a later release has added to the state is not in the file; all that is in the file has to be there.
    expect(stateOf(entity)).toMatchObject(entity.state as object);
  });

  it.each(entities.filter(([, { kind }]) => kind === "lobby"))(
    "show of %s the frames that were seen, bit for bit",
    (_, entity) => {
      expect(entity.frames.length).toBeGreaterThan(0);
      expect(framesOf(entity)).toEqual(entity.frames);
    },
  );

  it.each(entities.filter(([, { kind }]) => kind === "lobby"))(
    "let %s run and settle its races as they were",
    (_, { entityId, entries }) => {
      const { decider, event } = lobbyDesk;
      let state = decider.initial(entityId);
      let races = 0;
      for (const { at, events } of entries) {
        const decoded = events.map(event.decode);
        const tags = decoded.map(({ _tag }) => _tag);
        if (tags.includes("RaceStarted") || tags.includes("RaceFinished")) {
          const meta = { at, entityId, commandId: "again" };
          expect(decider.decideInternal(state, advance(), meta)).toEqual(decoded);
          races++;
        }
        for (const one of decoded) state = decider.evolve(state, one);
      }
      expect(races).toBeGreaterThanOrEqual(2);
    },
  );

  it.each([
    ["lobby", LobbyEvent.members],
    ["wallet", WalletEvent.members],
    ["raffle", RaffleEvent.members],
    ["reservation", ReservationEvent.members],
    ["hand_player", [HandPlayerEvent]],
    ["hand_feed", [HandFeedEvent]],
  ] as const)("have every event of a %s", (kind, members) => {
    const seen = new Set(
      entities
        .filter(([, entity]) => entity.kind === kind)
        .flatMap(([, { entries }]) => entries.flatMap((entry) => entry.events))
        .map((one) => (one as { readonly _tag: string })._tag),
    );
    expect(seen).toEqual(new Set(members.map(tagOf)));
  });
});
