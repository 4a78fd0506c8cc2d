/** The colours of a meeting: by day where the page is light, under floodlights where it is dark. */
export interface Palette {
  readonly sky: readonly [top: string, bottom: string];
  readonly hills: string;
  readonly stand: string;
  readonly standLight: string;
  readonly roof: string;
  readonly crowd: readonly string[];
  readonly hedge: string;
  readonly turf: readonly [string, string];
  /** Laid over the turf: far darker than near. */
  readonly depth: readonly [string, string];
  readonly chalk: string;
  readonly chalkText: string;
  readonly rail: string;
  readonly railShade: string;
  readonly dust: string;
  readonly shadow: string;
  readonly map: string;
  readonly mapText: string;
  readonly mapWindow: string;
  readonly label: string;
  readonly labelText: string;
  readonly lamp: string | null;
}

export const DAY: Palette = {
  sky: ["#9fd0ee", "#e6f3f5"],
  hills: "#a9c8b4",
  stand: "#7b8794",
  standLight: "#96a2ae",
  roof: "#4c5863",
  crowd: ["#d9534f", "#f0c24b", "#f7f3ea", "#3f7fc1", "#2d3a45", "#e58fb1", "#57a773"],
  hedge: "#3c7a4a",
  turf: ["#5f9f53", "#6bab5c"],
  depth: ["rgba(20, 60, 30, 0.28)", "rgba(20, 60, 30, 0)"],
  chalk: "rgba(255, 255, 255, 0.5)",
  chalkText: "#ffffff",
  rail: "#ffffff",
  railShade: "#c3ccc6",
  dust: "rgba(126, 104, 66, ",
  shadow: "rgba(12, 40, 20, 0.32)",
  map: "#163527",
  mapText: "#e8f2ec",
  mapWindow: "rgba(255, 255, 255, 0.16)",
  label: "rgba(13, 30, 22, 0.82)",
  labelText: "#ffffff",
  lamp: null,
};

export const NIGHT: Palette = {
  sky: ["#070d1a", "#1b2b45"],
  hills: "#14233a",
  stand: "#232e3b",
  standLight: "#2f3c4b",
  roof: "#0f161f",
  crowd: ["#a8403e", "#b08f36", "#b9b6ae", "#33639a", "#47525d", "#99607a", "#3d7352"],
  hedge: "#12351f",
  turf: ["#17543b", "#1c6145"],
  depth: ["rgba(3, 12, 10, 0.6)", "rgba(3, 12, 10, 0)"],
  chalk: "rgba(236, 244, 238, 0.26)",
  chalkText: "rgba(236, 244, 238, 0.86)",
  rail: "#dbe4df",
  railShade: "#7f8d86",
  dust: "rgba(176, 160, 124, ",
  shadow: "rgba(0, 0, 0, 0.42)",
  map: "#0a1a14",
  mapText: "#dbe8e1",
  mapWindow: "rgba(236, 244, 238, 0.14)",
  label: "rgba(4, 10, 8, 0.82)",
  labelText: "#f3f7f5",
  lamp: "rgba(255, 244, 205, ",
};

const system = matchMedia("(prefers-color-scheme: dark)");

/** Day or night, as the page's theme is now. */
export function pagePalette(): Palette {
  const { theme } = document.documentElement.dataset;
  const isDark = theme === undefined ? system.matches : theme === "dark";
  return isDark ? NIGHT : DAY;
}
