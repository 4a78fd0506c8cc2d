/** Writes the history while it happens, on one clock that never steps back. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Line, Time } from "./History.ts";

export class Recorder {
  readonly lines: Array<Line> = [];
  #ops = 0;
  #sockets = 0;

  now(): Time {
    return performance.timeOrigin + performance.now();
  }

  write(line: Line): void {
    this.lines.push(line);
  }

  newOp(): string {
    return `op${++this.#ops}`;
  }

  newSocket(): string {
    return `s${++this.#sockets}`;
  }

  /** One JSON object a line; answers the file's path. */
  save(folder: string): string {
    const path = join(folder, "history.jsonl");
    writeFileSync(path, this.lines.map((line) => JSON.stringify(line)).join("\n"));
    return path;
  }
}
