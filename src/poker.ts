/** The poker side of this process: equity, recorded hands, statistics and queries, as the gateway asks them. */
import { Unavailable } from "../rpc/failure.ts";
import type { PokerDesks } from "./gateway/PokerDesks.ts";

const away = () => Promise.reject(new Unavailable({ reason: "not here yet", retryAfterMs: 1000 }));

export const makePoker = (): PokerDesks => ({
  equity: {
    workers: 0,
    ask: away,
    evaluate: () => {
      throw new Unavailable({ reason: "not here yet", retryAfterMs: 1000 });
    },
  },
  hands: { watchedFolders: 0, recent: away, hand: away, import: away },
  stats: { player: away, players: away, sessions: away, tournaments: away },
  query: { datasets: away, query: away },
});
