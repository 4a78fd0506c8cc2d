import { enFirst } from "./enFirst.ts";
import { enPages } from "./enPages.ts";

/** All that players read, by area; every language has the same. The console itself loads it in two parts. */
export const en = { ...enFirst, ...enPages };
