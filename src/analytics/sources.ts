import type { Dataset } from "./Dataset.ts";
import { handSource } from "./handSource.ts";
import { raceSource } from "./raceSource.ts";
import type { Source } from "./Source.ts";

export const SOURCES: ReadonlyArray<Source> = [handSource, raceSource];

/** All tables that analysts can ask. */
export const DATASETS: ReadonlyArray<Dataset> = SOURCES.flatMap(({ datasets }) => datasets);
