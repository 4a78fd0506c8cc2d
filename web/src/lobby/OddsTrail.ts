/**
 * How the win odds have moved in this betting phase: boards of odds, oldest first, about one a second and the last one as
 * it is now. When there are too many, every second one is let go, so the whole phase stays in view.
 */
export interface Board {
  readonly atMs: number;
  readonly odds: Readonly<Record<string, string>>;
}

export interface OddsTrail {
  readonly raceId: string;
  readonly boards: readonly Board[];
}

export const NO_TRAIL: OddsTrail = { raceId: "", boards: [] };

const BOARD_EVERY_MS = 1_000;
/** How old the last board may be while odds go on moving: a line need not be drawn anew for each bet. */
const LAST_EVERY_MS = 250;
/** Two a pixel of the line that shows them. */
const MAX_BOARDS = 96;

/** The trail with the odds of now; the same object when nothing moved. */
export function withBoard(trail: OddsTrail, raceId: string, board: Board): OddsTrail {
  if (trail.raceId !== raceId) return { raceId, boards: [board] };
  const last = trail.boards.at(-1);
  if (last?.odds === board.odds) return trail;
  if (last !== undefined && board.atMs - last.atMs < LAST_EVERY_MS) return trail;
  const settled = trail.boards.at(-2);
  const replacesLast = settled !== undefined && board.atMs - settled.atMs < BOARD_EVERY_MS;
  const boards = [...(replacesLast ? trail.boards.slice(0, -1) : trail.boards), board];
  return { raceId, boards: boards.length > MAX_BOARDS ? thinned(boards) : boards };
}

/** One runner's odds along the trail, for a line; shorter than two points there is none. */
export function oddsAlong({ boards }: OddsTrail, number: number): readonly number[] {
  return boards.flatMap(({ odds }) => {
    const value = Number(odds[number]);
    return Number.isFinite(value) && value > 0 ? [value] : [];
  });
}

function thinned(boards: readonly Board[]): readonly Board[] {
  const last = boards.length - 1;
  return boards.filter((_, index) => index % 2 === 0 || index === last);
}
