import { account } from "./en/account.ts";
import { races } from "./en/races.ts";
import { replay } from "./en/replay.ts";
import { verify } from "./en/verify.ts";
import { runners } from "./en/runners.ts";
import { raffles } from "./en/raffles.ts";
import { checkout } from "./en/checkout.ts";
import { draw } from "./en/draw.ts";
import { tickets } from "./en/tickets.ts";
import { organiser } from "./en/organiser.ts";
import { latency } from "./en/latency.ts";
import { cards } from "./en/cards.ts";
import { hands } from "./en/hands.ts";
import { hand } from "./en/hand.ts";
import { handPlayers } from "./en/handPlayers.ts";
import { handImport } from "./en/handImport.ts";
import { equity } from "./en/equity.ts";

/** What the pages say whose code is loaded when they are asked for; loaded with the first of them. */
export const enPages = {
  account,
  races,
  replay,
  verify,
  runners,
  raffles,
  checkout,
  draw,
  tickets,
  organiser,
  latency,
  cards,
  hands,
  hand,
  handPlayers,
  handImport,
  equity,
};
