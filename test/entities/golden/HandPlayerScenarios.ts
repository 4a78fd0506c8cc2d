/** Players of recorded hands whose journals are golden. One that has been recorded is never changed. */
import { handPlayerId } from "../../../rpc/handPlayer.ts";
import { COUNTS, type CellKey } from "../../../rpc/handStats.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { batchOf, type CountedHand } from "../handPlayer/batches.ts";
import { handPlayerDesk } from "../handPlayer/desk.ts";
import { type Played, played } from "./RaffleScenarios.ts";

const AT = Date.UTC(2024, 1, 29, 20);
const HOUR_MS = 3_600_000;

const KEYS: ReadonlyArray<CellKey> = [
  {
    currency: "EUR",
    game: "holdem",
    limit: "no_limit",
    stakes: "0.02/0.05",
    players: 6,
    position: "BTN",
  },
  {
    currency: "EUR",
    game: "omaha5_hilo",
    limit: "pot_limit",
    stakes: "1/2",
    players: 3,
    position: "SB",
  },
  {
    currency: "chips",
    game: "holdem",
    limit: "no_limit",
    stakes: "200/400",
    players: 9,
    position: "UTG",
  },
  {
    currency: "play",
    game: "stud",
    limit: "fixed_limit",
    stakes: "10/20",
    players: 7,
    position: null,
  },
];

/** Every count a number of its own, so that none can take the place of another. */
const counts = (seq: number) =>
  COUNTS.map((name, n) => (name === "hands" ? 1 : name.includes("et") ? (seq - 20) * n : seq * n));

const hands: ReadonlyArray<CountedHand> = Array.from({ length: 40 }, (_, n) => ({
  seq: n + 1,
  playedAt: AT + n * HOUR_MS,
  cell: { ...KEYS[n % KEYS.length]!, counts: counts(n + 1) },
}));

export const handPlayerScenarios: Readonly<Record<string, () => ReadonlyArray<Played>>> = {
  /** Counted in three ranges, one of them twice. */
  "hand-players": () => {
    const run = new DeciderRun(handPlayerDesk, handPlayerId("winamax", "Kai  Greene"));
    for (const [from, to] of [
      [1, 8],
      [9, 30],
      [9, 30],
      [35, 40],
    ] as const)
      run.command("Count", batchOf(hands, from, to)!, AT + to * HOUR_MS);
    return [played("hand_player", run, handPlayerDesk.event.encode)];
  },
};
