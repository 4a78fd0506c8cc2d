/**
 * A small disk for PostgreSQL's files that can be filled and emptied: a file system in memory, which only root may mount.
 * Where that is not allowed the files are in an ordinary folder, and the disk is never full.
 */
import { spawnSync } from "node:child_process";
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A cluster of PostgreSQL with the log of a run takes some 150 MB. */
const SIZE_MB = 320;
const CHUNK_BYTES = 1024 * 1024;
const LEAST_CHUNK_BYTES = 4096;

export class Disk {
  readonly folder: string;
  readonly canBeFull: boolean;
  readonly #ballast: string;

  private constructor(folder: string, canBeFull: boolean) {
    this.folder = folder;
    this.canBeFull = canBeFull;
    this.#ballast = join(folder, "ballast");
  }

  static open(): Disk {
    const folder = mkdtempSync(join(tmpdir(), "croupier-chaos-postgres-"));
    const { status } = spawnSync(
      "mount",
      ["-t", "tmpfs", "-o", `size=${SIZE_MB}m`, "croupier-chaos", folder],
      { stdio: "ignore" },
    );
    return new Disk(folder, status === 0);
  }

  /** Leaves not a byte. */
  fill(): void {
    const file = openSync(this.#ballast, "a");
    try {
      for (let bytes = CHUNK_BYTES; bytes >= LEAST_CHUNK_BYTES;) {
        try {
          if (writeSync(file, Buffer.alloc(bytes, 1)) === bytes) continue;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
        }
        bytes /= 2;
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  empty(): void {
    rmSync(this.#ballast, { force: true });
  }

  close(): void {
    // Lazily: a process that is just ending may still have a file open.
    if (this.canBeFull) spawnSync("umount", ["-l", this.folder], { stdio: "ignore" });
    rmSync(this.folder, { recursive: true, force: true });
  }
}
