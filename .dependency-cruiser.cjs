// Imports run one way: rpc ← entities/*/decider ← entities/*/entity ← src/gateway ← src/main. Each rule below names
// one layer and all that it may import, with the reason.

/** Programs that put the parts together; they may import everything. */
const COMPOSITION = "^(src/[a-z]+\\.ts$|test/|bench/|docs/|scripts/)";

/** Packages without effects: data, contracts, arithmetic. */
const PURE_PACKAGES = "^node_modules/(effect|@noble/(hashes|curves))/";

const DECIDER_FILES = "^entities/([^/]+)/(decider|events|invariants)\\.ts$";
/** What the shell expects of a decider and its read models: types, and constructors without effects. */
const DECIDER_CONTRACT = "^src/actor/(Decider|Projection)\\.ts$";
/** Those, and what the contracts in rpc/ are declared with. */
const CONTRACT_PACKAGES = "^node_modules/(effect|@noble/(hashes|curves)|@effect/(rpc|platform))/";

/** Node's hashes: functions of what they are given. */
const HASHING = "^(node:)?crypto$";

/** The rules of chance: what anyone can compute again. */
const RULE_FILES = "^entities/([^/]+)/(race|draw)/";

/** A layer may import what `allow` lists and nothing else; Node's own modules only `withNode`. */
const layer = (name, { from, allow, withNode = false, comment }) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: COMPOSITION },
  to: { pathNot: allow, ...(withNode ? { dependencyTypesNot: ["core"] } : {}) },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that import each other are one file, or share a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolvable",
      comment: "Every import leads to a file or to a package that package.json names.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    layer("rpc-is-the-bottom", {
      from: "^rpc/",
      allow: ["^rpc/", "^node_modules/"],
      comment: "Contracts know nothing of what carries them out; a service needs rpc/ and a URL.",
    }),
    layer("deciders-import-what-is-pure", {
      from: DECIDER_FILES,
      allow: ["^rpc/", "^entities/$1/", "^entities/[^/]+\\.ts$", DECIDER_CONTRACT, PURE_PACKAGES],
      comment:
        "Deciding is a function of state and command: no clock, no chance, no database, no shell.",
    }),
    {
      name: "deciders-reach-what-is-pure",
      comment:
        "Nor do the files that a decider imports, or theirs, touch clock, chance, database or shell.",
      severity: "error",
      from: { path: DECIDER_FILES },
      to: {
        pathNot: ["^rpc/", "^entities/", DECIDER_CONTRACT, CONTRACT_PACKAGES, HASHING],
        reachable: true,
      },
    },
    {
      name: "only-these-hash-with-node",
      comment:
        "Node's hashes are many times as fast as those that run in the browser too; chance, which stands beside them, comes in.",
      severity: "error",
      from: {
        path: "^entities/",
        pathNot: "^entities/(intent|wallet/process|raffle/ticketList)\\.ts$",
      },
      to: { path: HASHING },
    },
    layer("the-decider-contract-is-pure", {
      from: DECIDER_CONTRACT,
      allow: ["^rpc/", PURE_PACKAGES],
      comment: "Deciders import it.",
    }),
    layer("races-and-draws-are-pure", {
      from: RULE_FILES,
      allow: ["^rpc/", "^entities/$1/$2/", PURE_PACKAGES],
      comment: "They run in the browser too, where anyone can recompute them.",
    }),
    layer("entities-know-no-gateway", {
      from: "^entities/",
      allow: [
        "^entities/",
        "^rpc/",
        "^src/actor/",
        "^src/payments/PaymentProvider\\.ts$",
        "^node_modules/",
      ],
      withNode: true,
      comment: "An entity is carried by the shell and spoken to through rpc; it pays by a port.",
    }),
    layer("the-shell-knows-no-entity", {
      from: "^src/actor/",
      allow: ["^src/actor/", "^rpc/", "^node_modules/"],
      withNode: true,
      comment: "The shell runs any decider.",
    }),
    layer("the-cluster-knows-no-entity", {
      from: "^src/cluster/",
      allow: ["^src/cluster/", "^src/actor/", "^rpc/", "^node_modules/"],
      withNode: true,
      comment: "It places any actor and carries any message.",
    }),
    layer("jobs-use-what-they-watch-over", {
      from: "^src/jobs/",
      allow: [
        "^src/jobs/",
        "^src/analytics/",
        "^src/hands/",
        "^src/push/",
        "^src/audit/",
        "^src/actor/",
        "^src/ops/",
        "^entities/",
        "^rpc/",
        "^node_modules/",
      ],
      withNode: true,
      comment: "Jobs read what is stored and write under their term; they know no gateway.",
    }),
    layer("the-inspector-reads-entities", {
      from: "^src/admin/",
      allow: [
        "^src/admin/",
        "^src/audit/",
        "^src/actor/",
        "^src/gateway/(Answer|FieldProblems|Inspector|Wire)\\.ts$",
        "^entities/intent\\.ts$",
        "^rpc/",
        "^node_modules/",
      ],
      withNode: true,
      comment: "It shows any entity as its journal has it, behind the gateway's port.",
    }),
    layer("payments-know-no-entity", {
      from: "^src/payments/",
      allow: [
        "^src/payments/",
        "^src/sandbox-card/",
        "^src/actor/",
        "^src/ops/",
        "^entities/(ledger|wallet/release)\\.ts$",
        "^rpc/",
        "^node_modules/",
      ],
      withNode: true,
      comment: "Adapters translate between a provider and the port, and speak to wallets by ask.",
    }),
    layer("the-sandbox-card-stands-alone", {
      from: "^src/sandbox-card/",
      allow: ["^src/sandbox-card/", "^src/payments/WebhookSignature\\.ts$", "^node_modules/"],
      withNode: true,
      comment:
        "It plays a company outside: all that it shares with the house is how webhooks are signed.",
    }),
    layer("the-beacon-is-a-source", {
      from: "^src/beacon/",
      allow: ["^src/beacon/", "^entities/raffle/(beacon\\.ts$|draw/)", "^rpc/", "^node_modules/"],
      withNode: true,
      comment: "It fetches rounds and checks them by the rules of the draw.",
    }),
    layer("push-knows-no-entity", {
      from: "^src/push/",
      allow: ["^src/push/", "^src/ops/", "^rpc/", "^node_modules/"],
      withNode: true,
      comment: "It keeps subscriptions and speaks to push services.",
    }),
    layer("cards-and-equity-are-pure", {
      from: "^src/compute/(cards|evaluator|range|equity)/",
      allow: [
        "^src/compute/(cards|evaluator|range|equity|kernel)/",
        "^rpc/(cards|equity|hand)\\.ts$",
        PURE_PACKAGES,
      ],
      comment: "They are a library: the browser, a worker and anyone's program run them alike.",
    }),
    layer("the-compute-pool-runs-the-library", {
      from: "^src/compute/pool/",
      allow: [
        "^src/compute/",
        "^src/actor/",
        "^src/ops/",
        "^src/gateway/PokerDesks\\.ts$",
        "^rpc/",
        "^node_modules/",
      ],
      withNode: true,
      comment: "It spreads chunks over threads and processes; what a chunk is, the library says.",
    }),
    layer("hands-are-read-and-counted-purely", {
      from: "^src/hands/(winamax|generator|stats)/",
      allow: [
        "^src/hands/(winamax|generator|stats)/",
        "^src/hands/PlayerHand\\.ts$",
        "^src/compute/(cards|evaluator|equity|library)",
        "^rpc/",
        PURE_PACKAGES,
      ],
      comment: "Bytes in, hands out; hands in, counts out.",
    }),
    layer("hands-are-stored-behind-a-port", {
      from: "^src/hands/((store|watch)/|[^/]+\\.ts$)",
      allow: [
        "^src/hands/",
        "^src/compute/",
        "^src/actor/",
        "^src/ops/",
        "^src/gateway/PokerDesks\\.ts$",
        "^entities/handFeed/body\\.ts$",
        "^entities/handPlayer/parts\\.ts$",
        "^rpc/",
        "^node_modules/",
      ],
      withNode: true,
      comment: "Folders and tables of hands; entities are spoken to by ask.",
    }),
    layer("analytics-read-what-is-stored", {
      from: "^src/analytics/",
      allow: [
        "^src/analytics/",
        "^src/hands/stats/",
        "^src/hands/store/countColumns\\.ts$",
        "^src/actor/",
        "^src/ops/",
        "^src/gateway/(Answer|PokerDesks)\\.ts$",
        "^rpc/",
        "^node_modules/",
      ],
      withNode: true,
      comment: "Copies for questions that PostgreSQL should not be bothered with.",
    }),
    layer("ops-stands-alone", {
      from: "^src/ops/",
      allow: ["^src/ops/", "^rpc/", "^node_modules/"],
      withNode: true,
      comment: "Settings, logs, metrics and the database's life serve every layer and know none.",
    }),
    layer("the-gateway-gets-services-injected", {
      from: "^src/gateway/",
      allow: [
        "^src/gateway/",
        "^src/actor/",
        "^src/cluster/(Cluster|ProcessReport)\\.ts$",
        "^src/ops/",
        "^src/payments/PaymentProvider\\.ts$",
        "^entities/[^/]+/(body\\.ts$|draw/)",
        "^rpc/",
        "^node_modules/",
      ],
      withNode: true,
      comment:
        "What a route asks for is a service that main.ts provides; how an entity looks on the wire, its folder says.",
    }),
    layer("services-get-what-players-get", {
      from: "^src/rpc/",
      allow: [
        "^src/rpc/",
        "^src/actor/",
        "^src/ops/",
        "^rpc/",
        "^entities/[^/]+/views\\.ts$",
        "^node_modules/",
      ],
      withNode: true,
      comment:
        "Typed RPC carries contracts to entities and reads views; it knows no decider and no gateway.",
    }),
    layer("the-audit-reads-entities", {
      from: "^src/audit/",
      allow: ["^src/audit/", "^src/actor/", "^src/ops/", "^entities/", "^rpc/", "^node_modules/"],
      withNode: true,
      comment: "It re-folds what the entities have written.",
    }),
    layer("the-sdk-stands-alone", {
      from: "^sdk/(?!src/node\\.ts|examples/)",
      allow: ["^sdk/", "^node_modules/(react|react-dom|ws|@noble/(curves|hashes))/"],
      comment: "A game installs the client and nothing of the server.",
    }),
    layer("the-console-is-a-client", {
      from: "^web/",
      allow: [
        "^web/",
        "^rpc/",
        "^sdk/",
        "^entities/lobby/race/",
        "^entities/raffle/draw/",
        "^src/compute/(cards|evaluator|range|equity|kernel)/",
        "^src/compute/library\\.ts$",
        "^node_modules/",
      ],
      withNode: true,
      comment:
        "The console knows what any client may know, and recomputes races, draws and equities.",
    }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "^(node_modules|dist)/" },
    exclude: { path: "^dist/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json"],
    },
  },
};
