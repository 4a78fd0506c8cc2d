/** What a player of recorded hands decides: whether a batch is new, and what a filter leaves. */
import type { CellFilter, HandPlayer } from "../../rpc/handPlayer.ts";
import type { Cell } from "../../rpc/handStats.ts";
import { accept, answer, type Decider } from "../../src/actor/Decider.ts";
import type { HandPlayerEvent } from "./events.ts";
import { evolve, type HandPlayerState, initial } from "./state.ts";

const passes = (filter: CellFilter, cell: Cell): boolean =>
  (filter.currency === null || filter.currency === cell.currency) &&
  (filter.game === null || filter.game === cell.game) &&
  (filter.stakes === null || filter.stakes === cell.stakes) &&
  (filter.players === null || filter.players === cell.players) &&
  (filter.position === null || filter.position === cell.position);

export const decider: Decider<typeof HandPlayer, HandPlayerState, HandPlayerEvent> = {
  initial: () => initial,
  evolve,
  decide: {
    /**
     * Only a range wholly above what is counted adds anything. One that begins in it cannot be told apart into what is
     * counted and what is not; the answer says from where to send again.
     */
    Count: (state, { commandId: _c, entityId: _e, ...batch }) => {
      const isNew = batch.from > state.countedTo && batch.to >= batch.from;
      return accept(isNew ? [{ _tag: "HandsCounted" as const, ...batch }] : [], (after) => ({
        countedTo: after.countedTo,
      }));
    },
  },
  decideInternal: () => [],
  answer: {
    GetTotals: ({ cells, countedTo, firstAt, lastAt }, { filter }) => {
      const passing: Array<Cell> = [];
      for (const cell of cells.values()) if (passes(filter, cell)) passing.push(cell);
      return answer({ countedTo, firstAt, lastAt, cells: passing });
    },
    GetOverview: ({ countedTo, firstAt, lastAt, parts }) =>
      answer({ countedTo, firstAt, lastAt, parts: [...parts.values()] }),
    GetDays: ({ days }) => {
      // They are nearly in order: hands come mostly as they were played.
      const oldestFirst = [...days].toSorted(([a], [b]) => (a < b ? -1 : 1));
      return answer({ days: oldestFirst.map(([, day]) => day) });
    },
  },
};
