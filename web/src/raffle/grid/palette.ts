/**
 * The grid's colours, for a canvas knows nothing of the page's. Each look also has a sign of its own (`paintCell`), for
 * those who do not tell the colours apart; a test holds that every number can be read.
 */
import type { Theme } from "../../theme/barColours.ts";
import { BOUGHT, FREE, HELD, PICKED, RESERVED, SOLD } from "./Board.ts";
import type { Look } from "./Board.ts";

export interface CellColours {
  readonly ground: string;
  readonly edge: string;
  /** Of the digits. */
  readonly ink: string;
  /** Of its sign. */
  readonly sign: string;
}

export interface GridPalette {
  /** What lies behind the cells. */
  readonly page: string;
  readonly looks: Readonly<Record<Look, CellColours>>;
  /** Of the strip that shows all numbers at once. */
  readonly heat: { readonly ground: string; readonly sold: string; readonly reserved: string };
  /** A number that has just changed lights up in it. */
  readonly flash: string;
}

const DAY: GridPalette = {
  page: "#ffffff",
  looks: {
    [FREE]: { ground: "#fbfaf6", edge: "#b9bcae", ink: "#17201c", sign: "#b9bcae" },
    [RESERVED]: { ground: "#fbf0d6", edge: "#d9b45c", ink: "#6a4700", sign: "#f0d899" },
    [SOLD]: { ground: "#e3e0d5", edge: "#e3e0d5", ink: "#5a655f", sign: "#b3b2a6" },
    [PICKED]: { ground: "#0f6b4b", edge: "#0f6b4b", ink: "#ffffff", sign: "#ffffff" },
    [HELD]: { ground: "#dcefe5", edge: "#0f6b4b", ink: "#0b4f38", sign: "#0f6b4b" },
    [BOUGHT]: { ground: "#2456b8", edge: "#2456b8", ink: "#ffffff", sign: "#ffffff" },
  },
  heat: { ground: "#f1efe6", sold: "#8f978f", reserved: "#d9a53a" },
  flash: "#ffb91f",
};

const NIGHT: GridPalette = {
  page: "#151d1a",
  looks: {
    [FREE]: { ground: "#212c27", edge: "#4b5c54", ink: "#eef3f0", sign: "#4b5c54" },
    [RESERVED]: { ground: "#2f2810", edge: "#7c6526", ink: "#f0c66b", sign: "#54441a" },
    [SOLD]: { ground: "#121816", edge: "#222b28", ink: "#87958e", sign: "#3f4c46" },
    [PICKED]: { ground: "#e3b34c", edge: "#e3b34c", ink: "#1c1404", sign: "#1c1404" },
    [HELD]: { ground: "#3a3110", edge: "#e3b34c", ink: "#ffe2a0", sign: "#e3b34c" },
    [BOUGHT]: { ground: "#7fb0ff", edge: "#7fb0ff", ink: "#071a38", sign: "#071a38" },
  },
  heat: { ground: "#1d2723", sold: "#6d7f77", reserved: "#b58d30" },
  flash: "#fff0b8",
};

export const gridPalette = (theme: Theme): GridPalette => (theme === "dark" ? NIGHT : DAY);
