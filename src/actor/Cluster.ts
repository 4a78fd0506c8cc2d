/**
 * Actors on `@effect/cluster`: the cluster decides in which process an entity lives, starts it there when the first
 * message comes and ends it when it has been idle, when its shard moves or when the process stops. It carries no
 * state and stores no message: durability is the journal's.
 *
 * Most messages never pass through here: once an entity lives in this process, `ask` pushes straight into its mailbox,
 * for as long as the process holds the entity's shard. The idle reaper knows nothing of such pushes, so entities in use
 * are touched now and then.
 */
import { Entity, type ShardId, Sharding, SingleRunner } from "@effect/cluster";
import { Rpc } from "@effect/rpc";
import { Duration, Effect, Layer, Runtime, Schedule, Schema } from "effect";
import type { Actor } from "./Actor.ts";
import { type ActorSystem, deliverTo } from "./ActorSystem.ts";
import type { AnyDurableActor } from "./DurableActor.ts";
import type { AnyOutcome, Letter, Payload } from "./Message.ts";

/** An entity that nobody has spoken to for this long leaves memory. */
const IDLE_MS = 120_000;
/** Entities in use are touched this often, well within the idle time. */
const TOUCH_EVERY_MS = 45_000;
/** Calls to one entity at a time; the actor's own mailbox is the real bound. */
const CLUSTER_MAILBOX = 4096;
/** A call without an answer is taken for lost after this, so that what waits behind it can go. */
const CALL_TIMEOUT_MS = 10_000;
/** What an entity's end may take before the process goes on without it. */
const TERMINATION_TIMEOUT_MS = 2000;
/** Part of the cluster's identity: never changes in a rolling deploy. */
const SHARDS_PER_GROUP = 300;

const LetterOnTheWire = Schema.Struct({
  tag: Schema.String,
  payload: Schema.Unknown,
  requestId: Schema.UndefinedOr(Schema.String),
  by: Schema.UndefinedOr(Schema.String),
  fingerprint: Schema.UndefinedOr(Schema.String),
});

const OutcomeOnTheWire = Schema.Union(
  Schema.Struct({ ok: Schema.Literal(true), value: Schema.Unknown, replayed: Schema.Boolean }),
  Schema.Struct({ ok: Schema.Literal(false), error: Schema.Unknown, replayed: Schema.Boolean }),
);
type OutcomeOnTheWire = typeof OutcomeOnTheWire.Type;

const protocol = [
  Rpc.make("Deliver", {
    payload: { letters: Schema.Array(LetterOnTheWire) },
    success: Schema.Array(OutcomeOnTheWire),
  }),
  /** Keeps an entity that is in use from the idle reaper, and brings one to life whose alarm is overdue. */
  Rpc.make("Touch"),
] as const;

const entityOf = (actor: AnyDurableActor) => Entity.make(actor.contract.kind, [...protocol]);

/** Runs a system's actors as cluster entities and connects its `ask` to them. */
export const layerActors = (system: ActorSystem) =>
  system.kinds
    .map((actor) => layerKind(system, actor))
    .reduce(
      (all, one) => Layer.merge(all, one),
      Layer.empty as Layer.Layer<never, never, Sharding.Sharding>,
    )
    .pipe(Layer.merge(layerTransport(system)), Layer.merge(layerTouch(system)));

const clientsOf = (system: ActorSystem) =>
  Effect.map(
    Effect.forEach(system.kinds, (actor) =>
      Effect.map(entityOf(actor).client, (client) => [actor.contract.kind, client] as const),
    ),
    (entries) => new Map(entries),
  );

const layerKind = (system: ActorSystem, actor: AnyDurableActor) =>
  entityOf(actor).toLayer(
    Effect.gen(function* () {
      const { entityId, shardId } = yield* Entity.CurrentAddress;
      const sharding = yield* Sharding.Sharding;
      const instance = yield* Effect.acquireRelease(
        Effect.sync(() => system.open(actor.contract.kind, entityId, isHere(sharding, shardId))),
        // Nothing is written here: another copy may already be writing. What is in flight is answered by its commit.
        (opened) => Effect.sync(() => system.close(opened)),
      );
      return {
        Deliver: ({
          payload,
        }: {
          readonly payload: { readonly letters: ReadonlyArray<typeof LetterOnTheWire.Type> };
        }) =>
          Effect.promise(() =>
            Promise.all(payload.letters.map((one) => deliver(system, instance, one))),
          ),
        Touch: () => Effect.sync(() => instance.wake()),
      };
    }),
    {
      concurrency: "unbounded",
      mailboxCapacity: CLUSTER_MAILBOX,
      maxIdleTime: IDLE_MS,
      disableFatalDefects: true,
    },
  );

const isHere = (sharding: Sharding.Sharding["Type"], shardId: ShardId.ShardId) => () =>
  sharding.hasShardId(shardId);

/** A message from another process is decoded like any other input; one that the contract does not know is a defect. */
const deliver = async (
  system: ActorSystem,
  instance: Actor,
  sent: typeof LetterOnTheWire.Type,
): Promise<OutcomeOnTheWire> => {
  const codec = system.codecOf(instance.kind).get(sent.tag);
  if (codec === undefined) throw new Error(`${instance.kind} has no message "${sent.tag}"`);
  const payload = codec.decodePayload(sent.payload) as Payload;
  const outcome = await deliverTo(instance, { ...sent, payload });
  return outcome.ok ? outcome : { ...outcome, error: codec.encodeFailure(outcome.error) };
};

const layerTransport = (system: ActorSystem) =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const runtime = yield* Effect.runtime<Sharding.Sharding>();
      const run = Runtime.runPromise(runtime);
      const clients = yield* clientsOf(system);
      system.connect(async (kind, entityId, letters) => {
        const client = clients.get(kind);
        if (client === undefined) throw new Error(`no actor of kind "${kind}"`);
        const codecs = system.codecOf(kind);
        const outcomes = await run(
          Effect.timeout(client(entityId).Deliver({ letters }), CALL_TIMEOUT_MS),
        );
        return outcomes.map((outcome, i): AnyOutcome => {
          const codec = codecs.get((letters[i] as Letter).tag);
          return outcome.ok || codec === undefined
            ? (outcome as AnyOutcome)
            : { ...outcome, error: codec.decodeFailure(outcome.error) };
        });
      });
    }),
  );

const layerTouch = (system: ActorSystem) =>
  Layer.scopedDiscard(
    Effect.gen(function* () {
      let touchedAt = yield* Effect.clockWith((clock) => clock.currentTimeMillis);
      const clients = yield* clientsOf(system);
      const touchUsed = Effect.gen(function* () {
        const since = touchedAt;
        touchedAt = yield* Effect.clockWith((clock) => clock.currentTimeMillis);
        const used = [...system.residents()].filter(
          (instance) => instance.lastUsedAt >= since || instance.isNeeded,
        );
        yield* Effect.forEach(
          used,
          (instance) =>
            (clients.get(instance.kind)?.(instance.entityId).Touch() ?? Effect.void).pipe(
              Effect.catchAll((failure) => Effect.logDebug("an entity was not touched", failure)),
            ),
          { concurrency: 16, discard: true },
        );
      });
      yield* touchUsed.pipe(Effect.repeat(Schedule.spaced(TOUCH_EVERY_MS)), Effect.forkScoped);
    }),
  );

/** Wakes an entity wherever it belongs, so that it finds its alarm due. */
export const makeWake = (system: ActorSystem) =>
  Effect.map(
    clientsOf(system),
    (clients) => (kind: string, entityId: string) =>
      clients.get(kind)?.(entityId).Touch() ?? Effect.void,
  );

/** One process that is the whole cluster. Several: `SocketRunner` with SQL runner storage takes this one's place. */
export const layerSingleProcess = SingleRunner.layer({
  runnerStorage: "memory",
  shardingConfig: {
    shardsPerGroup: SHARDS_PER_GROUP,
    entityTerminationTimeout: Duration.millis(TERMINATION_TIMEOUT_MS),
    simulateRemoteSerialization: false,
  },
});
