import type { ChildProcess } from "node:child_process";

export declare const NODE_FLAGS: ReadonlyArray<string>;
export declare const runUntilExit: (child: ChildProcess) => void;
