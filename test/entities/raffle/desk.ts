import { decider } from "../../../entities/raffle/decider.ts";
import { RaffleEvent } from "../../../entities/raffle/events.ts";
import { project } from "../../../entities/raffle/projection.ts";
import { RaffleState } from "../../../entities/raffle/snapshot.ts";
import { Raffle } from "../../../rpc/raffle.ts";
import { desk } from "../../support/DeciderRun.ts";

export const raffleDesk = desk(
  { contract: Raffle, decider, project },
  { event: RaffleEvent, state: RaffleState },
);

export const AT = 1_800_000_000_000;
export const SELECTION = 600_000;
export const CHECKOUT = 300_000;
export const DRAW_AT = AT + 86_400_000;
export const PRICE = 250;
export const SEED = "9bae06392e1c49593f744bb8b27473a25cf641b946aae1fbbc21285e68cc3a06";

/** A raffle of ten numbers with two prizes, for an organiser. */
export const TERMS = {
  title: "Ten numbers",
  description: "",
  ticketPriceMinor: PRICE,
  totalNumbers: 10,
  drawAt: DRAW_AT,
  prizes: [{ name: "A bicycle" }, { name: "A bell" }],
  organiserId: "olga",
  minSoldPercent: 0,
};
export const RULES = {
  selectionMs: SELECTION,
  checkoutMs: CHECKOUT,
  feePerMille: 100,
  beacon: null,
};
