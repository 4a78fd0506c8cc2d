/**
 * Every setting of the program, declared once. The `Settings` type, `.env.example` and the sentences about wrong values
 * derive from the table below; a unit test holds `.env.example` to it.
 */
import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { Context, Effect, Either, Layer, Schema } from "effect";
import { parseNetwork } from "./Network.ts";
import {
  flag,
  fraction,
  list,
  oneOf,
  optionalUrl,
  pattern,
  readSetting,
  secret,
  tcpPort,
  text,
  wholeNumber,
  type Setting,
  type SettingValue,
} from "./Setting.ts";

/** Money is below 2^53 minor units; a single amount is kept far below, so that sums stay below too. */
const MAX_AMOUNT = 1_000_000_000_000;
/** Phases may be this short in demonstrations and tests; below, a round trip takes a noticeable part of the phase. */
const MIN_PHASE_SECONDS = 2;
const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 7 * DAY_SECONDS;

/** Not among those below: a production process without a sandbox needs no secret for it. */
const DEVELOPMENT_SANDBOX_SECRET = "development-only-sandbox-card-secret";
/** Of each of them: while one is being changed there are two, and an empty one would be a key that everybody has. */
const MIN_SANDBOX_SECRET_LENGTH = 16;

const DEVELOPMENT_SECRETS = {
  jwtSecret: "development-only-jwt-secret-of-32-bytes",
  serviceToken: "development-only-service-token",
  adminPassword: "admin",
} as const;

const amount = (declared: { name: string; about: string; fallback: number; min?: number }) =>
  wholeNumber({ unit: "minor units", min: 0, max: MAX_AMOUNT, ...declared });

const seconds = (declared: { name: string; about: string; fallback: number }) =>
  wholeNumber({ unit: "seconds", min: MIN_PHASE_SECONDS, max: DAY_SECONDS, ...declared });

const PROCESS = {
  environment: oneOf({
    name: "ENVIRONMENT",
    about: "production refuses the development secrets below and logs JSON lines",
    values: ["development", "production"],
    fallback: "development",
  }),
  host: text({
    name: "HOST",
    about: "address to listen on; 0.0.0.0 for every network",
    minLength: 1,
    maxLength: 255,
    fallback: "127.0.0.1",
  }),
  port: tcpPort({
    name: "PORT",
    about: "TCP port of REST, WebSocket, console, docs and metrics",
    fallback: 8080,
  }),
  rpcPort: tcpPort({
    name: "RPC_PORT",
    about: "TCP port of the typed RPC for services",
    fallback: 8081,
  }),
  publicUrl: optionalUrl({
    name: "PUBLIC_URL",
    about:
      "where clients reach this process, told to them and to its peers; not set: HOST and PORT",
    protocols: ["http:", "https:"],
  }),
  dataDir: text({
    name: "DATA_DIR",
    about: "folder of the embedded database, of uploads and of exports",
    minLength: 1,
    maxLength: 4096,
    fallback: "./.data",
  }),
  webDir: text({
    name: "WEB_DIR",
    about: "folder of the console's build; not set: the one built with the server",
    minLength: 0,
    maxLength: 4096,
    fallback: "",
  }),
  databaseUrl: optionalUrl({
    name: "DATABASE_URL",
    about: "the PostgreSQL to use; not set: an embedded one in DATA_DIR",
    protocols: ["postgres:", "postgresql:"],
  }),
  databasePoolSize: wholeNumber({
    name: "DATABASE_POOL_SIZE",
    about: "connections for reads and recovery; commits have their own",
    unit: "connections",
    min: 1,
    max: 100,
    fallback: 8,
  }),
  shutdownSeconds: wholeNumber({
    name: "SHUTDOWN_SECONDS",
    about: "how long a stop waits for what is under way before it cuts it off",
    unit: "seconds",
    min: 1,
    max: 600,
    fallback: 20,
  }),
  auditEverySeconds: wholeNumber({
    name: "AUDIT_EVERY_SECONDS",
    about: "pause between audits of the books while running; 0 switches them off",
    unit: "seconds",
    min: 0,
    max: WEEK_SECONDS,
    fallback: 600,
  }),
  exportEverySeconds: wholeNumber({
    name: "EXPORT_EVERY_SECONDS",
    about: "how often races, bets and hands are written to DATA_DIR/exports; 0 switches that off",
    unit: "seconds",
    min: 0,
    max: WEEK_SECONDS,
    fallback: 600,
  }),
  logLevel: oneOf({
    name: "LOG_LEVEL",
    about: "the least important log lines to write",
    values: ["debug", "info", "warning", "error", "none"],
    fallback: "info",
  }),
};

const CLUSTER = {
  processName: text({
    name: "PROCESS_NAME",
    about: "what people call this process; not set: its host and port",
    minLength: 0,
    maxLength: 64,
    fallback: "",
  }),
  runnerPort: tcpPort({
    name: "RUNNER_PORT",
    about: "TCP port for the sharding of the other processes on the same database",
    fallback: 0,
  }),
  linkPort: tcpPort({
    name: "LINK_PORT",
    about: "TCP port for messages from the other processes",
    fallback: 0,
  }),
  advertisedHost: text({
    name: "ADVERTISED_HOST",
    about: "host by which the other processes reach this one; not set: HOST, or the machine's name",
    minLength: 0,
    maxLength: 255,
    fallback: "",
  }),
  runnerAdvertised: text({
    name: "RUNNER_ADVERTISED",
    about:
      "host:port by which others reach RUNNER_PORT, when that is not ADVERTISED_HOST:RUNNER_PORT",
    minLength: 0,
    maxLength: 255,
    fallback: "",
  }),
  linkAdvertised: text({
    name: "LINK_ADVERTISED",
    about: "host:port by which others reach LINK_PORT, when that is not ADVERTISED_HOST:LINK_PORT",
    minLength: 0,
    maxLength: 255,
    fallback: "",
  }),
};

const ACCESS = {
  jwtSecret: secret({
    name: "JWT_SECRET",
    about: "signs the players' tokens; must be changed for production",
    minLength: 32,
    maxLength: 1024,
    fallback: DEVELOPMENT_SECRETS.jwtSecret,
  }),
  serviceToken: secret({
    name: "SERVICE_TOKEN",
    about: "bearer token of other services; must be changed for production",
    minLength: 16,
    maxLength: 1024,
    fallback: DEVELOPMENT_SECRETS.serviceToken,
  }),
  adminPassword: secret({
    name: "ADMIN_PASSWORD",
    about: "password of user admin; must be changed for production",
    minLength: 5,
    maxLength: 1024,
    fallback: DEVELOPMENT_SECRETS.adminPassword,
  }),
  corsOrigins: list({
    name: "CORS_ORIGINS",
    about: "web pages of other origins that may call; not set: those served from localhost",
    of: "origins such as https://play.example.com",
    isItem: (origin) => URL.canParse(origin) && new URL(origin).origin === origin,
  }),
  trustedProxies: list({
    name: "TRUSTED_PROXIES",
    about:
      "networks of the load balancers in front, whose X-Forwarded-For says who calls; not set: none",
    of: "networks such as 10.0.0.0/8 or 2001:db8::/32, or addresses",
    isItem: (network) => parseNetwork(network) !== undefined,
  }),
  rateLimitPerSecond: wholeNumber({
    name: "RATE_LIMIT_PER_SECOND",
    about:
      "requests each address and each player may make; 0 switches limits off, not in production",
    unit: "requests",
    min: 0,
    max: 1_000_000,
    fallback: 50,
  }),
};

const MONEY = {
  joinGrant: amount({
    name: "JOIN_GRANT",
    about: "what a new player's wallet starts with",
    fallback: 100_000,
  }),
  minBet: amount({ name: "MIN_BET", about: "the least stake", min: 1, fallback: 100 }),
  maxBet: amount({
    name: "MAX_BET",
    about: "the most that one player may stake on one market of a race",
    min: 1,
    fallback: 50_000,
  }),
  takeout: fraction({
    name: "TAKEOUT",
    about: "the house's share of a pool",
    unit: "share",
    min: 0,
    max: 0.5,
    fallback: 0.1,
  }),
  cancelFee: fraction({
    name: "CANCEL_FEE",
    about: "the house's share of a cancelled stake, rounded up to a minor unit",
    unit: "share",
    min: 0,
    max: 1,
    fallback: 0.05,
  }),
  maxPowerSpendPerRace: amount({
    name: "MAX_POWER_SPEND_PER_RACE",
    about: "what one player may spend on powers in one race",
    fallback: 30_000,
  }),
};

const RACES = {
  bettingSeconds: seconds({
    name: "BETTING_SECONDS",
    about: "how long bets are taken",
    fallback: 60,
  }),
  racingSeconds: seconds({
    name: "RACING_SECONDS",
    about: "how long a race may last",
    fallback: 40,
  }),
  resultsSeconds: seconds({
    name: "RESULTS_SECONDS",
    about: "how long results are shown before the next race",
    fallback: 20,
  }),
  stateSyncHz: wholeNumber({
    name: "STATE_SYNC_HZ",
    about: "how often a second the runners' positions are broadcast",
    unit: "frames a second",
    min: 1,
    max: 60,
    fallback: 20,
  }),
  demo: flag({
    name: "DEMO",
    about: "1 makes a lobby, a raffle and an event to play with; 0 starts empty",
    fallback: true,
  }),
};

const RAFFLES = {
  selectionSeconds: seconds({
    name: "SELECTION_SECONDS",
    about: "how long a reservation keeps its numbers while the player selects",
    fallback: 600,
  }),
  checkoutSeconds: seconds({
    name: "CHECKOUT_SECONDS",
    about: "how long a reservation keeps its numbers while the player pays",
    fallback: 300,
  }),
  platformFee: fraction({
    name: "PLATFORM_FEE",
    about: "the house's share of what a raffle sold; the rest is its organiser's",
    unit: "share",
    min: 0,
    max: 0.5,
    fallback: 0.1,
  }),
  drandUrls: list({
    name: "DRAND_URLS",
    about:
      "servers of the drand quicknet, whose rounds raffles made from now on draw with; not set: none",
    of: "URLs such as https://api.drand.sh",
    isItem: (url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol),
  }),
};

const PAYMENTS = {
  sandboxCard: oneOf({
    name: "SANDBOX_CARD",
    about:
      "payments by a sandbox card; without SANDBOX_CARD_URL a development process starts its server itself, a production process offers none",
    values: ["on", "off"],
    fallback: "on",
  }),
  sandboxCardPort: tcpPort({
    name: "SANDBOX_CARD_PORT",
    about:
      "TCP port, on loopback, of the sandbox card server that a process starts; processes of one machine share it",
    fallback: 8082,
  }),
  sandboxCardUrl: optionalUrl({
    name: "SANDBOX_CARD_URL",
    about: "a sandbox card server that runs by itself; not set: the process starts one",
    protocols: ["http:", "https:"],
  }),
  sandboxCardSecret: secret({
    name: "SANDBOX_CARD_SECRET",
    about:
      "authorises calls of the sandbox card server and signs its webhooks; while it is being changed both, the new one first, with a comma between",
    minLength: MIN_SANDBOX_SECRET_LENGTH,
    maxLength: 1024,
    fallback: DEVELOPMENT_SANDBOX_SECRET,
  }),
  stripeSecretKey: secret({
    name: "STRIPE_SECRET_KEY",
    about: "key of the Stripe account that takes payments; not set: no Stripe",
    minLength: 0,
    maxLength: 255,
    fallback: "",
  }),
  stripeWebhookSecret: secret({
    name: "STRIPE_WEBHOOK_SECRET",
    about: "signs Stripe's webhooks, as its dashboard shows it",
    minLength: 0,
    maxLength: 255,
    fallback: "",
  }),
  stripeCurrency: text({
    name: "STRIPE_CURRENCY",
    about:
      "ISO 4217 code of the currency that Stripe charges, one of its minor units for one of ours",
    minLength: 3,
    maxLength: 3,
    fallback: "eur",
  }),
  stripeApiUrl: optionalUrl({
    name: "STRIPE_API_URL",
    about: "where Stripe's API is; not set: the real one",
    protocols: ["http:", "https:"],
  }),
};

const NOTICES = {
  pushServices: list({
    name: "PUSH_SERVICES",
    about: "push services that notices may be sent to; not set: those of the browsers",
    of: "hosts, *.domains or origins",
    isItem: (item) =>
      /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(item) ||
      (URL.canParse(item) && new URL(item).origin === item),
  }),
  pushContact: pattern({
    name: "PUSH_CONTACT",
    about: "whom a push service may write to",
    range: "a mailto: or https: URL",
    pattern: /^(mailto:.+@.+|https:\/\/.+)$/,
    fallback: "mailto:operator@example.com",
  }),
  vapidPublicKey: text({
    name: "VAPID_PUBLIC_KEY",
    about:
      "public half of the key pair for web push, base64url; not set: made once and kept in the database",
    minLength: 0,
    maxLength: 255,
    fallback: "",
  }),
  vapidPrivateKey: secret({
    name: "VAPID_PRIVATE_KEY",
    about: "private half of the key pair for web push",
    minLength: 0,
    maxLength: 255,
    fallback: "",
  }),
};

const POKER = {
  handsDirs: list({
    name: "HANDS_DIR",
    about: "folders watched for hand histories; not set: none",
    of: "folders",
    isItem: (folder) => folder.length <= 4096,
  }),
  handsPoll: oneOf({
    name: "HANDS_POLL",
    about: "on looks at the files of HANDS_DIR every so often: network drives tell of no change",
    values: ["on", "off"],
    fallback: "off",
  }),
  compute: oneOf({
    name: "COMPUTE",
    about: "off leaves long equity questions to the other processes of the cluster",
    values: ["on", "off"],
    fallback: "on",
  }),
  computeWorkers: wholeNumber({
    name: "COMPUTE_WORKERS",
    about: "threads that compute equity; 0: one for each processor but one",
    unit: "threads",
    min: 0,
    max: 256,
    fallback: 0,
  }),
  computeQueue: wholeNumber({
    name: "COMPUTE_QUEUE",
    about: "parts of equity questions that may wait for a thread; more are refused for the moment",
    unit: "chunks",
    min: 1,
    max: 100_000,
    fallback: 256,
  }),
  querySeconds: wholeNumber({
    name: "QUERY_SECONDS",
    about: "how long an administrator's SQL query may take",
    unit: "seconds",
    min: 1,
    max: 3600,
    fallback: 10,
  }),
  queryMemoryMb: wholeNumber({
    name: "QUERY_MEMORY_MB",
    about: "memory that an administrator's SQL query may take",
    unit: "MB",
    min: 64,
    max: 1_000_000,
    fallback: 512,
  }),
};

const SOURCES = {
  solanaRpcUrl: optionalUrl({
    name: "SOLANA_RPC_URL",
    about: "the Solana node to index; not set: none",
    protocols: ["http:", "https:"],
  }),
};

const SETTINGS = {
  ...PROCESS,
  ...CLUSTER,
  ...ACCESS,
  ...MONEY,
  ...RACES,
  ...RAFFLES,
  ...PAYMENTS,
  ...NOTICES,
  ...POKER,
  ...SOURCES,
};

/** The settings as `.env.example` lists them: by section, in this order. */
export const SECTIONS: ReadonlyArray<
  readonly [title: string, settings: ReadonlyArray<Setting<unknown>>]
> = [
  ["Where it listens and what it stores", Object.values(PROCESS)],
  ["The cluster: processes that share DATABASE_URL", Object.values(CLUSTER)],
  ["Who may do what", Object.values(ACCESS)],
  ["Money", Object.values(MONEY)],
  ["Races", Object.values(RACES)],
  ["Raffles", Object.values(RAFFLES)],
  ["Payments", Object.values(PAYMENTS)],
  ["Notices to browsers (web push)", Object.values(NOTICES)],
  ["Poker: hand histories, equity, SQL", Object.values(POKER)],
  ["The chain", Object.values(SOURCES)],
];

/** All settings by their name in code, checked, each in the unit that its declaration names. */
export type SettingsValues = {
  readonly [Key in keyof typeof SETTINGS]: SettingValue<(typeof SETTINGS)[Key]>;
};

/** The start is refused: one sentence for each wrong variable, each naming it. */
export class SettingsError extends Schema.TaggedError<SettingsError>()("SettingsError", {
  sentences: Schema.Array(Schema.String),
}) {
  override get message() {
    return this.sentences.join("\n");
  }
}

/** What only holds between several settings. */
const contradictions = (settings: SettingsValues): ReadonlyArray<string> => {
  const sentences: Array<string> = [];
  if (settings.minBet > settings.maxBet)
    sentences.push(
      `MIN_BET must be at most MAX_BET; it was ${settings.minBet} minor units, and MAX_BET ${settings.maxBet}.`,
    );
  if ((settings.stripeSecretKey === "") !== (settings.stripeWebhookSecret === ""))
    sentences.push(
      "STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET must be set both or neither; only one of them was.",
    );
  if ((settings.vapidPublicKey === "") !== (settings.vapidPrivateKey === ""))
    sentences.push(
      "VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY must be set both or neither; only one of them was.",
    );
  const sandboxSecrets = settings.sandboxCardSecret.split(",").map((one) => one.trim());
  if (sandboxSecrets.some(({ length }) => length < MIN_SANDBOX_SECRET_LENGTH))
    sentences.push(
      `SANDBOX_CARD_SECRET must be a secret of at least ${MIN_SANDBOX_SECRET_LENGTH} characters, or several with commas between; one of them was shorter.`,
    );
  if (settings.environment !== "production") return sentences;
  for (const [key, developmentValue] of Object.entries(DEVELOPMENT_SECRETS)) {
    const { name } = SETTINGS[key as keyof typeof DEVELOPMENT_SECRETS];
    if (settings[key as keyof typeof DEVELOPMENT_SECRETS] === developmentValue)
      sentences.push(
        `${name} must be set to a secret of your own when ENVIRONMENT is production; it was the development default.`,
      );
  }
  if (
    settings.sandboxCard === "on" &&
    settings.sandboxCardUrl !== undefined &&
    sandboxSecrets.includes(DEVELOPMENT_SANDBOX_SECRET)
  )
    sentences.push(
      "SANDBOX_CARD_SECRET must be set to a secret of your own when ENVIRONMENT is production and SANDBOX_CARD_URL is set; it was the development default.",
    );
  if (settings.rateLimitPerSecond === 0)
    sentences.push(
      "RATE_LIMIT_PER_SECOND must be at least 1 request when ENVIRONMENT is production; it was 0.",
    );
  return sentences;
};

/** Reads the settings out of `environment`. An empty variable counts as not set, a name not declared is not looked at. */
export const readSettings = (
  environment: Readonly<Record<string, string | undefined>>,
): Either.Either<SettingsValues, SettingsError> => {
  const sentences: Array<string> = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries<Setting<unknown>>(SETTINGS)) {
    const written = environment[setting.name]?.trim() || setting.fallback;
    if (written === undefined) continue;
    const value = readSetting(setting, written);
    if (Either.isRight(value)) values[key] = value.right;
    else sentences.push(value.left);
  }
  // Complete and of the right types: each value came from the schema under its own key.
  const settings = values as SettingsValues;
  if (sentences.length === 0) sentences.push(...contradictions(settings));
  return sentences.length === 0
    ? Either.right(settings)
    : Either.left(new SettingsError({ sentences }));
};

/** The variables of a `.env` file; none when there is no such file. */
const readEnvFile = (path: string): Readonly<Record<string, string | undefined>> => {
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
};

/** The settings of this process. */
export class Settings extends Context.Tag("croupier/ops/Settings")<Settings, SettingsValues>() {
  /** Reads `.env` in the working directory and the environment, which has the last word. */
  static readonly layer: Layer.Layer<Settings, SettingsError> = Layer.effect(
    Settings,
    Effect.suspend(() => readSettings({ ...readEnvFile(".env"), ...process.env })),
  );
}
