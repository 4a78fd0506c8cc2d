/** Playing cards as text: rank `23456789TJQKA`, suit `shdc`, as in `AhTd`. */
import { Schema } from "effect";

export const Card = Schema.String.pipe(Schema.pattern(/^[2-9TJQKA][shdc]$/));

/** What a board can be: nothing, a flop, a turn, a river. Blanks are allowed between cards. */
const MAX_BOARD_TEXT = 24;
export const BoardText = Schema.String.pipe(Schema.maxLength(MAX_BOARD_TEXT));

/** Cards that nobody can have, without blanks or with: at most what is left when nine players have theirs. */
const MAX_DEAD_TEXT = 120;
export const DeadText = Schema.String.pipe(Schema.maxLength(MAX_DEAD_TEXT));

/** The longest range that anyone writes by hand or with a mouse: each of 1,326 combinations with its weight. */
const MAX_RANGE_TEXT = 16_000;
/** One player's cards: `AhKd`, or a range such as `QQ+,AKs,A5s-A2s,76s@50`, or `random`. */
export const RangeText = Schema.String.pipe(Schema.minLength(1), Schema.maxLength(MAX_RANGE_TEXT));
