// npm run lock: writes package-lock.json after a change of dependencies, whole for every platform.
//
// Native packages come as one optional package a platform. A registry mirror may hold those of some platforms alone;
// npm install then leaves the others out of the lock file without a word, and npm ci of npm 11 refuses such a file. They
// are put in here by name and version, with the platform that their name tells, so that each is fetched on its own
// platform only. They have no digest, since there was nothing to take it from.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { root } from "./install.mjs";

const SYSTEMS = {
  aix: "aix",
  android: "android",
  darwin: "darwin",
  freebsd: "freebsd",
  linux: "linux",
  netbsd: "netbsd",
  openbsd: "openbsd",
  openharmony: "openharmony",
  sunos: "sunos",
  win32: "win32",
};
const PROCESSORS = {
  arm: "arm",
  arm64: "arm64",
  ia32: "ia32",
  loong64: "loong64",
  loongarch64: "loong64",
  mips64el: "mips64el",
  ppc64: "ppc64",
  riscv64: "riscv64",
  s390x: "s390x",
  wasm32: "wasm32",
  x64: "x64",
};
const C_LIBRARIES = { gnu: "glibc", gnueabihf: "glibc", musl: "musl", musleabihf: "musl" };

const words = (name) => name.split("/").at(-1).split(/[-.]/);
const named = (name, table) =>
  words(name).flatMap((word) => (Object.hasOwn(table, word) ? [table[word]] : []));

const npm = spawnSync("npm", ["install"], { cwd: root, stdio: "inherit" });
if (npm.status !== 0) process.exit(npm.status ?? 1);

const path = `${root}package-lock.json`;
const lock = JSON.parse(readFileSync(path, "utf8"));
const added = [];
for (const [owner, { optionalDependencies = {}, dev }] of Object.entries(lock.packages))
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const places = [`${owner}/node_modules/${name}`, `node_modules/${name}`];
    if (owner === "" || places.some((place) => Object.hasOwn(lock.packages, place))) continue;
    const os = named(name, SYSTEMS);
    const cpu = named(name, PROCESSORS);
    if (os.length !== 1 || cpu.length > 1)
      throw new Error(`${name}, optional for ${owner}, does not tell its platform by its name.`);
    const libc = named(name, C_LIBRARIES);
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu.length === 1 ? { cpu } : {}),
      ...(dev ? { dev } : {}),
      ...(libc.length === 1 ? { libc } : {}),
      optional: true,
      os,
    };
    added.push(name);
  }
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, "en")),
);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added.length} packages of other platforms added to package-lock.json.`);
