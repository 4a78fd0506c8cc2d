import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";

const GIBIBYTE = 1024 ** 3;

/** What the figures depend on beside the code, in one line. */
export const machineLine = (postgresVersion: string): string =>
  [
    `${cpus()[0]?.model.trim() ?? "unknown CPU"}, ${availableParallelism()} cores, ${Math.round(totalmem() / GIBIBYTE)} GiB`,
    `${platform()} ${release()} ${arch()}`,
    `Node ${process.versions.node}`,
    `PostgreSQL ${postgresVersion}`,
  ].join("; ");
