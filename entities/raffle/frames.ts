/** What a raffle shows to those who watch it: a frame for each event that shows, with the version that it led to. */
import type { NumberChange, ServerFrame } from "../../rpc/frames.ts";
import type { Topic } from "../../src/actor/DurableActor.ts";
import { drawBody, raffleBody } from "./body.ts";
import type { RaffleEvent } from "./events.ts";
import type { RaffleState } from "./state.ts";
import { drawView, shown } from "./view.ts";

type Frame<Type extends ServerFrame["type"]> = Extract<ServerFrame, { readonly type: Type }>;

/** Frames remembered for those who resume: half a second of a stampede, minutes of a usual sale. */
const HISTORY = 512;

interface Holding {
  readonly reservationId: string;
  readonly playerId: string;
}

const change = (
  status: NumberChange["status"],
  { playerId, reservationId }: Holding,
  numbers: ReadonlyArray<number>,
): NumberChange => ({ status, numbers, reservation_id: reservationId, player_id: playerId });

/** The numbers that an event has given another state; undefined when it is about something else. */
const changesOf = (event: RaffleEvent): ReadonlyArray<NumberChange> | undefined => {
  switch (event._tag) {
    case "NumbersReserved":
      return [change("reserved", event, event.numbers)];
    case "NumberAdded":
      return [change("reserved", event, [event.number])];
    case "NumberRemoved":
      return [change("available", event, [event.number])];
    case "NumbersSold":
      return [change("sold", event, event.numbers)];
    case "ClaimCancelled":
      return [change("available", event, event.numbers)];
    case "ClaimsExpired":
      return event.claims.map((claim) => ({
        ...change("available", claim, claim.numbers),
        expired: true,
      }));
    default:
      return undefined;
  }
};

const numbersChanged = (
  changes: ReadonlyArray<NumberChange>,
  { claims, raffleId, sales, stateVersion }: RaffleState,
): Frame<"NUMBERS_CHANGED"> => ({
  type: "NUMBERS_CHANGED",
  raffle_id: raffleId,
  state_version: stateVersion,
  changes,
  sold_count: sales.numbers.count,
  reserved_count: claims.numbers.count,
});

const frameOf = (event: RaffleEvent, after: RaffleState): ServerFrame | undefined => {
  const changes = changesOf(event);
  if (changes !== undefined) return numbersChanged(changes, after);
  const { about, raffleId, stateVersion } = after;
  const ofRaffle = { raffle_id: raffleId, state_version: stateVersion };
  switch (event._tag) {
    case "RaffleCreated":
    case "RaffleEdited":
    case "RafflePublished":
    case "RaffleSuspended":
    case "RaffleResumed":
    case "SaleClosed":
    case "RaffleCancelled":
      return { type: "RAFFLE_CHANGED", ...ofRaffle, raffle: raffleBody(shown(after)) };
    case "RaffleDrawn": {
      if (about === null) return undefined;
      const draw = drawBody(drawView(after, about));
      return { type: "RAFFLE_DRAWN", ...ofRaffle, raffle: raffleBody(shown(after)), draw };
    }
    default:
      return undefined;
  }
};

export const topic: Topic<RaffleState, RaffleEvent> = {
  version: ({ stateVersion }) => stateVersion,
  history: HISTORY,
  frames: (event, after) => {
    const frame = frameOf(event, after);
    return frame === undefined ? [] : [{ version: after.stateVersion, frame }];
  },
};
