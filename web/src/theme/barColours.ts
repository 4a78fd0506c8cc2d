export type Theme = "light" | "dark";

/** Of the browser's own bars around the page: as `--surface` in tokens.css, which the page's header has. */
export const BAR_COLOURS: Readonly<Record<Theme, string>> = { light: "#ffffff", dark: "#151d1a" };
