import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { Either } from "effect";
import { describe, expect, it } from "vitest";
import { readSettings, SECTIONS } from "../../src/ops/Config.ts";
import { envExample } from "../../src/ops/EnvExample.ts";

const SECRETS = {
  JWT_SECRET: "a-secret-of-our-own-that-has-32-bytes",
  SERVICE_TOKEN: "a-token-of-our-own",
  ADMIN_PASSWORD: "a-password-of-our-own",
};

const read = (environment: Record<string, string>) =>
  Either.getOrThrowWith(readSettings(environment), (error) => error);

const sentences = (environment: Record<string, string>) =>
  Either.match(readSettings(environment), {
    onLeft: (error) => error.sentences,
    onRight: () => [],
  });

describe("readSettings", () => {
  it("gives the documented defaults when nothing is set", () => {
    expect(read({})).toMatchObject({
      environment: "development",
      host: "127.0.0.1",
      port: 8080,
      rpcPort: 8081,
      dataDir: "./.data",
      joinGrant: 100_000,
      bettingSeconds: 60,
      racingSeconds: 40,
      resultsSeconds: 20,
      stateSyncHz: 20,
      cancelFee: 0.05,
      takeout: 0.1,
      minBet: 100,
      maxBet: 50_000,
      maxPowerSpendPerRace: 30_000,
      selectionSeconds: 600,
      checkoutSeconds: 300,
      platformFee: 0.1,
      drandUrls: [],
      sandboxCard: "on",
      sandboxCardPort: 8082,
      stripeSecretKey: "",
      stripeCurrency: "eur",
      pushServices: [],
      pushContact: "mailto:operator@example.com",
      demo: true,
      corsOrigins: [],
      handsDirs: [],
      handsPoll: "off",
      compute: "on",
      computeWorkers: 0,
      computeQueue: 256,
      querySeconds: 10,
      queryMemoryMb: 512,
    });
    for (const url of ["databaseUrl", "sandboxCardUrl", "stripeApiUrl"] as const)
      expect(read({})[url]).toBeUndefined();
  });

  it("takes an empty variable for one that is not set", () => {
    expect(read({ PORT: "", DATABASE_URL: " " })).toEqual(read({}));
  });

  it("decodes each kind of value", () => {
    expect(
      read({
        PORT: "0",
        BETTING_SECONDS: "2",
        TAKEOUT: "0.15",
        DEMO: "0",
        DATABASE_URL: "postgres://me:secret@db:5432/croupier",
        CORS_ORIGINS: "https://a.example, https://b.example:8443",
        HANDS_DIR: "/hands, ./more",
        COMPUTE: "off",
        COMPUTE_WORKERS: "3",
        PLATFORM_FEE: "0.5",
        DRAND_URLS: "https://api.drand.sh, http://127.0.0.1:9000",
        PUSH_SERVICES: "push.example.com,*.push.example.org,http://127.0.0.1:9001",
        PUSH_CONTACT: "https://example.com/contact",
      }),
    ).toMatchObject({
      port: 0,
      bettingSeconds: 2,
      takeout: 0.15,
      demo: false,
      databaseUrl: "postgres://me:secret@db:5432/croupier",
      corsOrigins: ["https://a.example", "https://b.example:8443"],
      handsDirs: ["/hands", "./more"],
      compute: "off",
      computeWorkers: 3,
      platformFee: 0.5,
      drandUrls: ["https://api.drand.sh", "http://127.0.0.1:9000"],
      pushServices: ["push.example.com", "*.push.example.org", "http://127.0.0.1:9001"],
      pushContact: "https://example.com/contact",
    });
  });

  it.each([
    ["PORT", "http", 'a TCP port from 1 to 65535, or 0 for any that is free; it was "http".'],
    ["PORT", "65536", 'a TCP port from 1 to 65535, or 0 for any that is free; it was "65536".'],
    ["BETTING_SECONDS", "1", 'a whole number of seconds from 2 to 86400; it was "1".'],
    ["BETTING_SECONDS", "2.5", 'a whole number of seconds from 2 to 86400; it was "2.5".'],
    ["JOIN_GRANT", "1e5", 'a whole number of minor units from 0 to 1000000000000; it was "1e5".'],
    ["JOIN_GRANT", "-1", 'a whole number of minor units from 0 to 1000000000000; it was "-1".'],
    ["TAKEOUT", "10%", 'a share from 0 to 0.5; it was "10%".'],
    ["DEMO", "yes", '1 (yes) or 0 (no); it was "yes".'],
    ["ENVIRONMENT", "prod", 'one of development, production; it was "prod".'],
    [
      "CORS_ORIGINS",
      "https://a.example/path",
      'origins such as https://play.example.com, separated by commas; it was "https://a.example/path".',
    ],
    ["PLATFORM_FEE", "0.6", 'a share from 0 to 0.5; it was "0.6".'],
    ["SANDBOX_CARD", "yes", 'one of on, off; it was "yes".'],
    ["COMPUTE", "maybe", 'one of on, off; it was "maybe".'],
    ["COMPUTE_WORKERS", "-1", 'a whole number of threads from 0 to 256; it was "-1".'],
    ["COMPUTE_QUEUE", "0", 'a whole number of chunks from 1 to 100000; it was "0".'],
    ["QUERY_SECONDS", "0", 'a whole number of seconds from 1 to 3600; it was "0".'],
    ["STRIPE_CURRENCY", "euro", 'a text of 3 to 3 characters; it was "euro".'],
    ["PUSH_CONTACT", "me", 'a mailto: or https: URL; it was "me".'],
    [
      "DRAND_URLS",
      "ftp://drand.sh",
      'URLs such as https://api.drand.sh, separated by commas; it was "ftp://drand.sh".',
    ],
    [
      "PUSH_SERVICES",
      "https://push.example.com/path",
      'hosts, *.domains or origins, separated by commas; it was "https://push.example.com/path".',
    ],
  ])("refuses %s=%s with a sentence that names unit and range", (name, value, rest) => {
    expect(sentences({ [name]: value })).toEqual([`${name} must be ${rest}`]);
  });

  it("does not repeat a secret that is wrong", () => {
    expect(sentences({ JWT_SECRET: "hunter2", DATABASE_URL: "mysql://me:hunter2@db" })).toEqual([
      "DATABASE_URL must be a URL that begins with postgres:// or postgresql://; it was something else, 21 characters long.",
      "JWT_SECRET must be a text of 32 to 1024 characters; it was something else, 7 characters long.",
    ]);
  });

  it("names every wrong variable at once", () => {
    expect(
      sentences({ PORT: "x", DEMO: "x", MIN_BET: "0" }).map((each) => each.split(" ")[0]),
    ).toEqual(["PORT", "MIN_BET", "DEMO"]);
  });

  it("refuses a least bet above the most", () => {
    expect(sentences({ MIN_BET: "500", MAX_BET: "400" })).toEqual([
      "MIN_BET must be at most MAX_BET; it was 500 minor units, and MAX_BET 400.",
    ]);
  });

  it.each([
    ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"],
    ["VAPID_PUBLIC_KEY", "VAPID_PRIVATE_KEY"],
  ])("refuses %s without %s, and the other way round", (one, other) => {
    for (const name of [one, other])
      expect(sentences({ [name]: "half" })).toEqual([
        `${one} and ${other} must be set both or neither; only one of them was.`,
      ]);
    expect(sentences({ [one]: "one", [other]: "other" })).toEqual([]);
  });

  it("refuses the sandbox card's development secret where one outside is used in production", () => {
    const outside = {
      ENVIRONMENT: "production",
      ...SECRETS,
      SANDBOX_CARD_URL: "https://card.example",
    };
    expect(sentences(outside)).toEqual([expect.stringMatching(/^SANDBOX_CARD_SECRET must be set/)]);
    expect(sentences({ ...outside, SANDBOX_CARD: "off" })).toEqual([]);
    expect(sentences({ ...outside, SANDBOX_CARD_SECRET: "a-secret-of-our-own" })).toEqual([]);
    expect(sentences({ ...outside, ENVIRONMENT: "development" })).toEqual([]);
    const both = "a-secret-of-our-own,development-only-sandbox-card-secret";
    expect(sentences({ ...outside, SANDBOX_CARD_SECRET: both })).toHaveLength(1);
  });

  it.each(["a-secret-of-our-own,", ",a-secret-of-our-own", "a-secret-of-our-own, short"])(
    "refuses %j as the sandbox card's secrets: what is short or empty anyone can sign with",
    (secrets) => {
      expect(sentences({ SANDBOX_CARD_SECRET: secrets })).toEqual([
        expect.stringMatching(/^SANDBOX_CARD_SECRET must be a secret of at least 16/),
      ]);
      const two = "a-secret-of-our-own, the-one-before-this";
      expect(sentences({ SANDBOX_CARD_SECRET: two })).toEqual([]);
    },
  );

  it("refuses development secrets and no rate limit in production", () => {
    expect(
      sentences({ ENVIRONMENT: "production", RATE_LIMIT_PER_SECOND: "0" }).map(
        (each) => each.split(" ")[0],
      ),
    ).toEqual(["JWT_SECRET", "SERVICE_TOKEN", "ADMIN_PASSWORD", "RATE_LIMIT_PER_SECOND"]);
    expect(sentences({ ENVIRONMENT: "production", ...SECRETS })).toEqual([]);
  });
});

describe(".env.example", () => {
  const written = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");

  it("is what scripts/env-example.ts writes", () => {
    expect(written).toBe(envExample());
  });

  it("means the defaults, with every setting, when all of it is taken", () => {
    const variables = parseEnv(written.replaceAll(/^#(?=[A-Z_]+=)/gm, ""));
    const names = SECTIONS.flatMap(([, settings]) => settings.map(({ name }) => name));
    expect(Object.keys(variables).toSorted()).toEqual(names.toSorted());
    expect(readSettings(variables as Record<string, string>)).toEqual(readSettings({}));
  });
});
