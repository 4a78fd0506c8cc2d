/** Runs a script of `docs/` as a process of its own, as `npx tsx` does. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const runScript = async (
  file: string,
  options: {
    readonly args?: ReadonlyArray<string>;
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<Ran> => {
  const child = spawn(process.execPath, ["--import", "tsx", file, ...(options.args ?? [])], {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit") as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
};
