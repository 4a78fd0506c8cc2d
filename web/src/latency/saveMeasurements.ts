import type { Desk } from "./Desk.ts";
import { toCsv, toJson } from "./measurementsFile.ts";
import { saveFile } from "../http/saveFile.ts";

/** Gives the player a file of what the desk has measured. */
export function saveMeasurements(desk: Desk, kind: "json" | "csv"): void {
  if (kind === "csv") {
    const text = toCsv(desk.measured());
    saveFile({ name: "croupier-latency.csv", type: "text/csv", text });
  } else {
    const text = toJson(desk.measured(), desk.runs(), Date.now());
    saveFile({ name: "croupier-latency.json", type: "application/json", text });
  }
}
