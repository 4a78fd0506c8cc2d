/** The product's own actors, each process with providers of its own. */
import { favor } from "../../entities/favor/entity.ts";
import { lobby } from "../../entities/lobby/entity.ts";
import { raffle } from "../../entities/raffle/entity.ts";
import { reservation } from "../../entities/reservation/entity.ts";
import { wallet } from "../../entities/wallet/entity.ts";
import type { AnyDurableActor } from "../../src/actor/DurableActor.ts";
import type { PaymentProviders } from "../../src/payments/PaymentProvider.ts";
import type { Chance } from "./Chance.ts";

const NO_BEACON = { round: () => Promise.resolve(undefined) };

const actorsWith = (providers: PaymentProviders): ReadonlyArray<AnyDurableActor> => [
  wallet,
  lobby,
  favor,
  raffle(NO_BEACON),
  reservation(providers),
];

/** What the checks hold everything against; here nobody pays. */
export const PROMISED = actorsWith({ of: () => undefined });

/** The same actors with snapshots and remembered replies so few that runs this short need them. */
export const tuned = (chance: Chance) => {
  const tunings = PROMISED.map((actor) => ({
    everyEntries: chance.int(4, 40),
    recentReplies: chance.pick([2, 8, actor.recentReplies]),
  }));
  return (providers: PaymentProviders): ReadonlyArray<AnyDurableActor> =>
    actorsWith(providers).map((actor, n) => {
      const { everyEntries = 1, recentReplies = 0 } = tunings[n] ?? {};
      return { ...actor, snapshots: { ...actor.snapshots, everyEntries }, recentReplies };
    });
};
