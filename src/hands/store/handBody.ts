import { handSummaryBody } from "../../../entities/handFeed/body.ts";
import type { Hand, HandAction, HandStreet, HandSummary, Position } from "../../../rpc/hand.ts";
import type { HandBody } from "../../../rpc/http/hand.ts";

/** A whole hand as the wire has it. */
export const handBody = (
  summary: HandSummary,
  hand: Hand,
  positions: ReadonlyMap<string, Position | null>,
): HandBody => ({
  ...handSummaryBody(summary),
  site: hand.site,
  blinds: {
    ante: hand.stakes.ante,
    small_blind: hand.stakes.smallBlind,
    big_blind: hand.stakes.bigBlind,
  },
  fast_fold: hand.fastFold,
  tournament: hand.tournament && {
    id: hand.tournament.id,
    name: hand.tournament.name,
    buy_in: hand.tournament.buyIn,
    level: hand.tournament.level,
  },
  max_seats: hand.table.maxSeats,
  button: hand.button,
  house_money: hand.houseMoney,
  seats: hand.seats.map(({ bounty, player, seat, stack }) => ({
    seat,
    player,
    stack,
    bounty,
    position: positions.get(player) ?? null,
    cards: cardsOf(hand, player),
    net: hand.results.find((result) => result.player === player)?.net ?? null,
  })),
  streets: streetsOf(hand),
  showdown: hand.shown,
  collected: hand.collected,
  results: hand.results,
});

const cardsOf = ({ hero, heroCards, shown }: Hand, player: string): ReadonlyArray<string> =>
  shown.find((one) => one.player === player)?.cards ?? (player === hero ? heroCards : []);

const streetsOf = ({ houseMoney, streets }: Hand): HandBody["streets"] => {
  let pot = houseMoney;
  return streets.map(({ actions, cards, dealt, name }: HandStreet) => {
    for (const { put } of actions) pot += put;
    return { name, cards, dealt, actions: actions.map(actionBody), pot };
  });
};

const actionBody = ({ allIn, discarded, kind, player, put, to }: HandAction) => ({
  player,
  action: kind,
  amount: put,
  to: to ?? null,
  all_in: allIn === true,
  discarded: discarded ?? null,
});
