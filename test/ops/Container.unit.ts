import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { SECTIONS } from "../../src/ops/Config.ts";
import { POSTGRES_SETTINGS } from "../../src/ops/PostgresSettings.ts";
import { NODE_FLAGS } from "../../scripts/server-process.mjs";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const exists = (path: string) => existsSync(new URL(path, root));

/** Variables of Node and of the base images, which are not settings of ours. */
const FOREIGN_VARIABLES = ["NODE_ENV"];

const settings = SECTIONS.flatMap(([, declared]) => declared.map(({ name }) => name));
const scripts = Object.keys(
  (JSON.parse(read("package.json")) as { readonly scripts: object }).scripts,
);

interface Service {
  readonly build?: string;
  readonly command?: ReadonlyArray<string>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: ReadonlyArray<string> };
  readonly stop_grace_period: string;
  readonly volumes: ReadonlyArray<string>;
}

describe("Dockerfile", () => {
  // Continued lines joined, comments and blanks left out.
  const instructions = read("Dockerfile")
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const space = line.indexOf(" ");
      return { name: line.slice(0, space), rest: line.slice(space + 1).trim() };
    });
  const of = (name: string) =>
    instructions.filter((each) => each.name === name).map(({ rest }) => rest);

  it("builds from files and scripts that exist", () => {
    const copied = of("COPY")
      .filter((rest) => !rest.startsWith("--from"))
      .flatMap((rest) => rest.split(" ").slice(0, -1));
    expect(copied.filter((path) => !exists(path))).toEqual([]);
    const named = of("RUN").flatMap((rest) => [...rest.matchAll(/npm run (\w+)/g)]);
    expect(named.map(([, script]) => script)).toEqual(["build"]);
    expect(scripts).toContain("build");
  });

  it("starts what the build makes, with the flags of npm start", () => {
    const command = JSON.parse(of("CMD")[0] ?? "") as ReadonlyArray<string>;
    const built = command.at(-1) ?? "";
    expect(command).toEqual(["node", ...NODE_FLAGS, "dist/server/src/main.js"]);
    expect(exists(built.replace("dist/server/", "").replace(/\.js$/, ".ts"))).toBe(true);
  });

  it("sets only variables that are settings", () => {
    const names = of("ENV").flatMap((rest) => rest.split(/ +/).map((each) => each.split("=")[0]));
    expect(names.length).toBeGreaterThan(0);
    expect(
      names.filter((name) => ![...settings, ...FOREIGN_VARIABLES].includes(name ?? "")),
    ).toEqual([]);
  });

  it("runs as another user than root and stops by SIGTERM", () => {
    expect(of("USER")).toEqual(["node"]);
    expect(of("STOPSIGNAL")).toEqual(["SIGTERM"]);
    expect(of("HEALTHCHECK")[0]).toContain("/health/ready");
  });

  it("takes nothing of the host's own into the image", () => {
    const ignored = read(".dockerignore").split("\n");
    expect(ignored).toEqual(
      expect.arrayContaining(["node_modules", "dist", ".env", ".data", ".git"]),
    );
  });
});

describe("docker-compose.yml", () => {
  const { services, volumes } = parse(read("docker-compose.yml")) as {
    readonly services: Readonly<Record<"app" | "postgres", Service>>;
    readonly volumes: Readonly<Record<string, unknown>>;
  };

  it("gives the app only variables that are settings, and no secret", () => {
    const { environment } = services.app;
    expect(Object.keys(environment).filter((name) => !settings.includes(name))).toEqual([]);
    for (const name of ["JWT_SECRET", "SERVICE_TOKEN", "ADMIN_PASSWORD"])
      expect(environment[name]).toBe(`\${${name}:?must be set}`);
  });

  it("starts the app when the database it is told of is healthy", () => {
    const url = new URL((services.app.environment["DATABASE_URL"] ?? "").replace(/\$\{.*\}/, "x"));
    const { environment, healthcheck } = services.postgres;
    expect(url.hostname).toBe("postgres");
    expect(url.username).toBe(environment["POSTGRES_USER"]);
    expect(url.pathname).toBe(`/${environment["POSTGRES_DB"]}`);
    expect(services.app.depends_on).toEqual({ postgres: { condition: "service_healthy" } });
    expect(healthcheck?.test.join(" ")).toContain("pg_isready");
  });

  it("tunes PostgreSQL as the embedded one is tuned", () => {
    const tuned = (services.postgres.command ?? []).flatMap((each) =>
      each.includes("=") ? [each.split("=") as [string, string]] : [],
    );
    expect(tuned.length).toBeGreaterThan(0);
    for (const [name, value] of tuned) expect(POSTGRES_SETTINGS[name]).toBe(value);
  });

  it("leaves the app more time to stop than it takes", () => {
    expect(Number.parseInt(services.app.stop_grace_period, 10)).toBeGreaterThan(
      Number(services.app.environment["SHUTDOWN_SECONDS"]),
    );
  });

  it("declares every volume it uses, and builds from this folder", () => {
    const used = Object.values(services).flatMap((service) => service.volumes);
    expect(used.map((volume) => volume.split(":")[0]).toSorted()).toEqual(
      Object.keys(volumes).toSorted(),
    );
    expect(services.app.build).toBe(".");
    expect(exists("Dockerfile")).toBe(true);
  });
});
