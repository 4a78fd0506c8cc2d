/**
 * Where each player of a hand sat, as seen from the blinds: the order of acting is what a position is worth, so it is
 * taken from the big blind on. A dead button makes the last to act the button; a small blind that nobody was to post leaves
 * that place empty. With two players the button posts the small blind and is called by it.
 *
 * Of those who are neither blinds nor button, the last to act is the cutoff; of the rest the earlier half is under the
 * gun and the later half, with the odd one, in middle position. So five have nobody under the gun, six have one of each,
 * and ten have three and three.
 */
import type { ActionKind, Hand, HandGame, HandSeat, Position } from "../../../rpc/hand.ts";
import { isDecision } from "./decision.ts";

/** The first to act is found by the cards, round by round. */
export const WITHOUT_BUTTON: ReadonlySet<HandGame> = new Set<HandGame>([
  "stud",
  "stud_hilo",
  "razz",
]);

/** One entry for each of the hand's results, in their order; null where the game or the file gives no position. */
export const positionsOf = (hand: Hand): ReadonlyMap<string, Position | null> => {
  const positions = new Map<string, Position | null>();
  for (const { player } of hand.results) positions.set(player, null);
  if (WITHOUT_BUTTON.has(hand.game) || positions.size < 2) return positions;
  const seats = hand.seats.filter(({ player }) => positions.has(player));
  const blinds = seats.length === 2 ? headsUpBlinds(hand, seats) : blindsOf(hand, seats);
  if (blinds === undefined) return positions;
  const { big, small } = blinds;
  if (small !== undefined) positions.set(small.player, "SB");
  if (big !== undefined) positions.set(big.player, "BB");
  const last = big ?? small;
  const from = last === undefined ? 0 : seats.indexOf(last) + 1;
  const others = seats.length - (small === undefined ? 0 : 1) - (big === undefined ? 0 : 1);
  for (let n = 0, turn = 0; n < seats.length; n++) {
    const { player } = seats[(from + n) % seats.length]!;
    if (player === small?.player || player === big?.player) continue;
    positions.set(player, nameOf(turn++, others));
  }
  return positions;
};

/** Of the `others`, who act before the blinds, the one who acts after `turn` of them. */
const nameOf = (turn: number, others: number): Position => {
  const behind = others - 1 - turn;
  if (behind === 0) return "BTN";
  if (behind === 1) return "CO";
  return turn < Math.floor((others - 2) / 2) ? "UTG" : "MP";
};

interface Blinds {
  readonly small: HandSeat | undefined;
  readonly big: HandSeat | undefined;
}

const headsUpBlinds = (hand: Hand, seats: ReadonlyArray<HandSeat>): Blinds | undefined => {
  const big = posterOf(hand, seats, "big_blind");
  const small =
    (big === undefined
      ? (posterOf(hand, seats, "small_blind") ?? seats.find(({ seat }) => seat === hand.button))
      : seats.find((one) => one !== big)) ?? undefined;
  if (small === undefined) return undefined;
  return { small, big: seats.find((one) => one !== small) };
};

/** Undefined: there is nothing to tell them by. */
const blindsOf = (hand: Hand, seats: ReadonlyArray<HandSeat>): Blinds | undefined => {
  const smallPoster = posterOf(hand, seats, "small_blind");
  const big = posterOf(hand, seats, "big_blind") ?? silentBig(hand, seats, smallPoster);
  if (big === undefined) return smallPoster && { small: smallPoster, big };
  if (smallPoster !== undefined) return { small: smallPoster, big };
  // Somebody whom the ante has put all in posts no blind, and sits in its place all the same: after the button.
  const before = seats[(seats.indexOf(big) + seats.length - 1) % seats.length]!;
  const isSmall = hand.button !== null && clockwise(hand, before.seat) < clockwise(hand, big.seat);
  return { small: isSmall ? before : undefined, big };
};

/** Who has the big blind without having posted it: the ante took all. Whoever acts first has none. */
const silentBig = (
  hand: Hand,
  seats: ReadonlyArray<HandSeat>,
  small: HandSeat | undefined,
): HandSeat | undefined => {
  if (small === undefined && hand.button === null) return undefined;
  const inOrder = seats.toSorted((a, b) => clockwise(hand, a.seat) - clockwise(hand, b.seat));
  const big = small === undefined ? inOrder[1] : seats[(seats.indexOf(small) + 1) % seats.length];
  return big?.player === firstToDecide(hand) ? undefined : big;
};

const posterOf = (hand: Hand, seats: ReadonlyArray<HandSeat>, blind: ActionKind) => {
  for (const { actions } of hand.streets)
    for (const { kind, player } of actions)
      if (kind === blind) return seats.find((one) => one.player === player);
  return undefined;
};

const firstToDecide = (hand: Hand): string | undefined => {
  for (const { actions } of hand.streets)
    for (const { kind, player } of actions) if (isDecision(kind)) return player;
  return undefined;
};

/** Steps from the button, 1 and up; the button itself comes last. */
const clockwise = ({ button }: Hand, seat: number): number => {
  const steps = seat - (button ?? 0);
  return steps > 0 ? steps : steps + ROUND;
};

/** More than any seat's number. */
const ROUND = 100;
