import { shell } from "./en/shell.ts";
import { door } from "./en/door.ts";
import { lobbies } from "./en/lobbies.ts";
import { room } from "./en/room.ts";
import { bets } from "./en/bets.ts";
import { powers } from "./en/powers.ts";
import { race } from "./en/race.ts";
import { results } from "./en/results.ts";
import { refusals } from "./en/refusals.ts";
import { races } from "./en/races.ts";
import { replay } from "./en/replay.ts";
import { verify } from "./en/verify.ts";
import { runners } from "./en/runners.ts";
import { raffles } from "./en/raffles.ts";
import { raffle } from "./en/raffle.ts";
import { checkout } from "./en/checkout.ts";
import { wallet } from "./en/wallet.ts";
import { organiser } from "./en/organiser.ts";
import { draw } from "./en/draw.ts";
import { tickets } from "./en/tickets.ts";
import { push } from "./en/push.ts";
import { latency } from "./en/latency.ts";

/** All that players read, by area. */
export const en = {
  shell,
  door,
  lobbies,
  room,
  bets,
  powers,
  race,
  results,
  refusals,
  races,
  replay,
  verify,
  runners,
  raffles,
  raffle,
  checkout,
  wallet,
  organiser,
  draw,
  tickets,
  push,
  latency,
};
