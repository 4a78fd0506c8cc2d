/**
 * A raffle as its frames tell it: pure, and fed with the frames of its topic in order, each once (`Cursor.ts` sees to
 * that). So every client that has come to a version shows the same numbers, however it got there.
 */
import type { Refusal } from "../Command.ts";
import type { DrawBody, RaffleBody, ServerFrame } from "../wire.ts";
import { emptyGrid, gridOf, withChanges } from "./NumberGrid.ts";
import type { NumberGrid } from "./NumberGrid.ts";

export interface RaffleState {
  /** Null until the first snapshot. Its counts are those of the grid. */
  readonly raffle: RaffleBody | null;
  readonly grid: NumberGrid | null;
  /** Once the sale is closed: the list's digest and the round that is awaited, and at last the winners. Null before. */
  readonly draw: DrawBody | null;
  /** Why the server does not show this raffle; null when it does. */
  readonly refusal: Refusal | null;
  /** There is no raffle of this id, or none yet. */
  readonly isMissing: boolean;
}

export const NO_RAFFLE: RaffleState = {
  raffle: null,
  grid: null,
  draw: null,
  refusal: null,
  isMissing: false,
};

/** The raffle after the frame that comes next; frames that are no news give the same object back. */
export function applyRaffleFrame(state: RaffleState, frame: ServerFrame): RaffleState {
  if (frame.type === "RAFFLE_SNAPSHOT") {
    const { raffle, reserved, sold } = frame;
    const grid = gridOf(raffle.total_numbers, reserved, sold);
    return { ...NO_RAFFLE, raffle: counted(raffle, grid), grid, draw: state.draw };
  }
  const { grid, raffle } = state;
  if (raffle === null || grid === null) return state;
  switch (frame.type) {
    case "NUMBERS_CHANGED": {
      const next = withChanges(grid, frame.changes);
      const { state_version } = frame;
      return { ...state, grid: next, raffle: counted({ ...raffle, state_version }, next) };
    }
    case "RAFFLE_CHANGED":
      return changed(state, grid, frame.raffle);
    case "RAFFLE_DRAWN":
      return { ...changed(state, grid, frame.raffle), draw: frame.draw };
    default:
      return state;
  }
}

export function refusedRaffle(state: RaffleState, refusal: Refusal): RaffleState {
  return { ...state, refusal, isMissing: refusal.code === "not_found" };
}

/** What is known of the draw at such a status can be read, and does not come with the frames. */
export function lacksDraw({ draw, raffle }: RaffleState): boolean {
  if (raffle?.status !== "closed" && raffle?.status !== "completed") return false;
  return draw === null || draw.status !== raffle.status;
}

/** Another number of numbers there can be only while all of them are free. */
function changed(state: RaffleState, grid: NumberGrid, raffle: RaffleBody): RaffleState {
  const next = raffle.total_numbers === grid.total ? grid : emptyGrid(raffle.total_numbers);
  return { ...state, raffle: counted(raffle, next), grid: next };
}

function counted(raffle: RaffleBody, grid: NumberGrid): RaffleBody {
  return {
    ...raffle,
    sold_count: grid.soldCount,
    reserved_count: grid.reservedCount,
    available_count: grid.availableCount,
  };
}
