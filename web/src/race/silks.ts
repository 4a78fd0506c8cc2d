/**
 * Each runner's colours and shape, so that it is known at a glance, in every lane and list, and also by those who do
 * not tell the colours apart. The shape is an SVG path in a box of 24 by 24, for the page and the canvas alike.
 */
export interface Silk {
  readonly colour: string;
  /** Of the number on the colour; at least 4.5 : 1 against it. */
  readonly ink: string;
  readonly shape: string;
}

const SILKS: readonly Silk[] = [
  // Circle
  {
    colour: "#d23b45",
    ink: "#ffffff",
    shape: "M12 1.5a10.5 10.5 0 1 1 0 21a10.5 10.5 0 1 1 0-21z",
  },
  // Rounded square
  {
    colour: "#2f6fe4",
    ink: "#ffffff",
    shape:
      "M6 2.5h12a3.5 3.5 0 0 1 3.5 3.5v12a3.5 3.5 0 0 1-3.5 3.5H6A3.5 3.5 0 0 1 2.5 18V6A3.5 3.5 0 0 1 6 2.5z",
  },
  // Diamond
  { colour: "#f2c230", ink: "#221a00", shape: "M12 .5 23.5 12 12 23.5.5 12z" },
  // Hexagon
  { colour: "#1b814e", ink: "#ffffff", shape: "M12 1 21.8 6.5v11L12 23 2.2 17.5v-11z" },
  // Arrow
  { colour: "#8453e0", ink: "#ffffff", shape: "M1.5 3h13L23 12l-8.5 9h-13z" },
  // Shield
  {
    colour: "#17c3ce",
    ink: "#032024",
    shape: "M2.5 2.5h19v9c0 6-4.5 9.5-9.5 11.5c-5-2-9.5-5.5-9.5-11.5z",
  },
  // Octagon
  { colour: "#ef86bd", ink: "#33001d", shape: "M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z" },
  // Pennant: a square with a notch behind
  { colour: "#f07b2b", ink: "#2a1000", shape: "M1 2.5h21.5v19H1L5.5 12z" },
];

const UNKNOWN: Silk = { colour: "#7d8a84", ink: "#0d1311", shape: SILKS[0]!.shape };

export function silkOf(number: number): Silk {
  return SILKS[number - 1] ?? UNKNOWN;
}
