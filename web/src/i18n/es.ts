import type { en } from "./en.ts";
import type { TextsLike } from "./TextsLike.ts";
import { account } from "./es/account.ts";
import { shell } from "./es/shell.ts";
import { door } from "./es/door.ts";
import { lobbies } from "./es/lobbies.ts";
import { room } from "./es/room.ts";
import { bets } from "./es/bets.ts";
import { powers } from "./es/powers.ts";
import { race } from "./es/race.ts";
import { results } from "./es/results.ts";
import { refusals } from "./es/refusals.ts";
import { races } from "./es/races.ts";
import { replay } from "./es/replay.ts";
import { verify } from "./es/verify.ts";
import { runners } from "./es/runners.ts";
import { raffles } from "./es/raffles.ts";
import { raffle } from "./es/raffle.ts";
import { checkout } from "./es/checkout.ts";
import { wallet } from "./es/wallet.ts";
import { organiser } from "./es/organiser.ts";
import { draw } from "./es/draw.ts";
import { tickets } from "./es/tickets.ts";
import { push } from "./es/push.ts";
import { latency } from "./es/latency.ts";
import { cards } from "./es/cards.ts";
import { hands } from "./es/hands.ts";
import { hand } from "./es/hand.ts";
import { handPlayers } from "./es/handPlayers.ts";
import { handImport } from "./es/handImport.ts";
import { equity } from "./es/equity.ts";

export const es: TextsLike<typeof en> = {
  account,
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
  cards,
  hands,
  hand,
  handPlayers,
  handImport,
  equity,
};
