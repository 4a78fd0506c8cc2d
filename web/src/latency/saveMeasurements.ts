import type { Desk } from "./Desk.ts";
import { toCsv, toJson } from "./measurementsFile.ts";

/** Gives the player a file of what the desk has measured. */
export function saveMeasurements(desk: Desk, kind: "json" | "csv"): void {
  if (kind === "csv") save("croupier-latency.csv", "text/csv", toCsv(desk.measured()));
  else {
    const text = toJson(desk.measured(), desk.runs(), Date.now());
    save("croupier-latency.json", "application/json", text);
  }
}

function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
