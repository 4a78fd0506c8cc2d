import { shell } from "./en/shell.ts";
import { door } from "./en/door.ts";
import { lobbies } from "./en/lobbies.ts";
import { room } from "./en/room.ts";
import { bets } from "./en/bets.ts";
import { powers } from "./en/powers.ts";
import { race } from "./en/race.ts";
import { results } from "./en/results.ts";
import { refusals } from "./en/refusals.ts";
import { raffle } from "./en/raffle.ts";
import { wallet } from "./en/wallet.ts";
import { push } from "./en/push.ts";

/** What the frame, the door and the table say, and the news: they come with the page. */
export const enFirst = {
  shell,
  door,
  lobbies,
  room,
  bets,
  powers,
  race,
  results,
  refusals,
  raffle,
  wallet,
  push,
};
