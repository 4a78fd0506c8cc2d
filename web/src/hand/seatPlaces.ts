/**
 * Where seats are around the table, in percent of its width and height: the hero at the bottom, the others clockwise. Wide
 * for screens that lie, tall for phones. Pure.
 */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface SeatPlace {
  readonly wide: Place;
  readonly tall: Place;
  /** Of the bet in front of the seat. */
  readonly wideBet: Place;
  readonly tallBet: Place;
}

/**
 * Half axes; how far the oval is drawn towards its corners, where there is room (1 is an ellipse); and its middle, below the
 * table's, since cards stand above their seats.
 */
const WIDE = { x: 42, y: 34, bend: 0.82, middle: 53.5 } as const;
const TALL = { x: 38, y: 35.5, bend: 0.62, middle: 53 } as const;
/** Of the way from the middle to the seat. */
const BET_WIDE = { x: 0.62, y: 0.5 } as const;
const BET_TALL = { x: 0.46, y: 0.62 } as const;
const QUARTER_TURN = Math.PI / 2;

/** Of the seat that is so many places clockwise from the bottom. */
export function seatPlace(fromBottom: number, seats: number): SeatPlace {
  const angle = QUARTER_TURN + (2 * Math.PI * fromBottom) / seats;
  const bent = (value: number, bend: number) => Math.sign(value) * Math.abs(value) ** bend;
  const at = (
    axes: typeof WIDE | typeof TALL,
    scale: { readonly x: number; readonly y: number },
  ) => ({
    x: round(50 + axes.x * bent(Math.cos(angle), axes.bend) * scale.x),
    y: round(axes.middle + axes.y * bent(Math.sin(angle), axes.bend) * scale.y),
  });
  const whole = { x: 1, y: 1 };
  return {
    wide: at(WIDE, whole),
    tall: at(TALL, whole),
    wideBet: at(WIDE, BET_WIDE),
    tallBet: at(TALL, BET_TALL),
  };
}

const HUNDREDTHS = 100;
const round = (value: number): number => Math.round(value * HUNDREDTHS) / HUNDREDTHS;
