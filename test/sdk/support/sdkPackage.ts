/** The package as a game gets it: built, packed and installed into an empty folder, without this repository around it. */
import { execFile } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const run = promisify(execFile);

export interface InstalledPackage {
  /** Of the game that installed it. */
  readonly folder: string;
  /** Of the package within. */
  readonly path: string;
  /** Runs a program in the game's folder and resolves with what it printed; rejects when it fails. */
  readonly run: (program: string, ...args: readonly string[]) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** `peers` are packages of this repository that the game has besides. */
export const installPackage = async (peers: readonly string[]): Promise<InstalledPackage> => {
  const folder = await mkdtemp(join(tmpdir(), "croupier-game-"));
  const built = join(folder, "built");
  const game = join(folder, "game");
  const path = join(game, "node_modules/@croupier/sdk");
  mkdirSync(path, { recursive: true });
  await run(process.execPath, [join(ROOT, "scripts/sdk-build.mjs"), built], { cwd: ROOT });
  await run("npm", ["pack", "--pack-destination", folder], { cwd: built });
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  // What `npm install <tarball>` does with a package without dependencies, and without a registry to ask.
  await run("tar", ["-xzf", join(folder, String(tarball)), "-C", path, "--strip-components=1"]);
  for (const peer of peers) {
    const link = join(game, "node_modules", peer);
    mkdirSync(join(link, ".."), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", peer), link);
  }
  await writeFile(join(game, "package.json"), JSON.stringify({ name: "game", type: "module" }));
  return {
    folder: game,
    path,
    run: async (program, ...args) => {
      try {
        return (await run(program, args, { cwd: game })).stdout;
      } catch (error) {
        const { stderr, stdout } = error as { readonly stderr?: string; readonly stdout?: string };
        throw new Error(`${program} failed:\n${stdout}${stderr}`, { cause: error });
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
