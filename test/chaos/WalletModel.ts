/**
 * One wallet as those who use it see it: operations with what their answers showed, for the search of a linear order.
 * What a client was told it did comes from the client's log alone. What the house does by itself (it settles races,
 * passes on repayments, gives back the stakes of refused bets) is known from the journal, and happened at some time after
 * it was decided.
 */
import { intentDigest } from "../../entities/intent.ts";
import type { PlayerId } from "../../rpc/id.ts";
import type { Body, Intent } from "./History.ts";
import type { Entry, TaggedEvent } from "./Journal.ts";
import type { Model, Operation } from "./Linearizability.ts";
import { type Change, changed, changeOf, type Money, NOTHING } from "./WalletBook.ts";

/** What an answer showed of the wallet. */
export interface Observed {
  readonly total?: number;
  readonly locked?: number;
  readonly available?: number;
  readonly version?: number;
  readonly holds?: ReadonlyArray<string>;
}

export interface WalletAction {
  readonly name: string;
  readonly changes: ReadonlyArray<Change>;
  /** Of the state after the changes. */
  readonly observed: Observed;
  /** It was refused for want of so much: less was available. */
  readonly wanting?: number;
}

/** Processes write whole milliseconds of the machine's clock, clients fractions of one that is not set. */
const CLOCK_SKEW_MS = 50;

const agrees = (money: Money, { available, holds, locked, total, version }: Observed): boolean =>
  (total === undefined || total === money.total) &&
  (locked === undefined || locked === money.locked) &&
  (available === undefined || available === money.total - money.locked) &&
  (version === undefined || version === money.version) &&
  (holds === undefined ||
    (holds.length === money.holds.size && holds.every((id) => money.holds.has(id))));

export const walletModel: Model<Money, WalletAction> = {
  initial: NOTHING,
  step: (money, { changes, observed, wanting }) => {
    if (wanting !== undefined && money.total - money.locked >= wanting) return undefined;
    const after = changes.length === 0 ? money : changed(money, changes);
    return after !== undefined && agrees(after, observed) ? after : undefined;
  },
  key: ({ locked, total, version }) => `${total}/${locked}/${version}`,
};

const shown = (body: Body): Observed => {
  const wallet = (body["wallet"] ?? body) as Body;
  return {
    total: Number(wallet["balance_total"]),
    locked: Number(wallet["balance_locked"]),
    available: Number(wallet["balance_available"]),
  };
};

const opening = (holdId: string, amount: number): Change => ({
  total: 0,
  locked: amount,
  opens: [holdId, amount],
});

const closing = (holdId: string, amount: number, gain: number): Change => ({
  total: gain,
  locked: -amount,
  closes: holdId,
});

/** What an intent did to the wallet by its answer, each step at a moment of its own; none for what is not known. */
const actionsOf = ({ answers, playerId, request }: Intent): ReadonlyArray<WalletAction> => {
  const answer = answers[0];
  if (answer === undefined) return [];
  const { body, status } = answer;
  const name = `${request.kind} ${request.key}`;
  const observed = shown(body);
  const one = (changes: ReadonlyArray<Change>, seen = observed): ReadonlyArray<WalletAction> => [
    { name, changes, observed: seen },
  ];
  if (status >= 400) {
    if (body["code"] !== "insufficient_funds") return [];
    const available = Number(body["available"]);
    return [{ name, changes: [], observed: { available }, wanting: Number(body["required"]) }];
  }
  const id = (field: string) => String(body[field]);
  const amount = (field: string) => Number(body[field]);
  switch (request.kind) {
    case "bet":
      return one([opening(id("bet_id"), amount("stake"))]);
    case "cancel":
      return one([closing(id("bet_id"), amount("refund") + amount("fee"), -amount("fee"))]);
    case "cast":
      return one([opening(id("cast_id"), amount("cost"))]);
    case "offer":
      return one([opening(id("favor_id"), amount("amount"))]);
    case "withdraw":
      return one([closing(id("favor_id"), amount("amount"), 0)]);
    case "decline":
      return one([]);
    case "accept":
      return one([{ total: amount("amount"), locked: 0 }]);
    case "repay": {
      const holdId = repaymentHold(playerId, request.key);
      const repaid = amount("repay");
      return [...one([opening(holdId, repaid)], {}), ...one([closing(holdId, repaid, -repaid)])];
    }
    case "pay": {
      const { amount: price, id: paymentId } = body["payment"] as Body;
      // Of one that was begun by another request, that one is told.
      if (String(paymentId) !== paymentOf(playerId, request.key)) return [];
      return [
        ...one([opening(String(paymentId), Number(price))], {}),
        ...one([closing(String(paymentId), Number(price), -Number(price))], {}),
      ];
    }
    case "reserve":
    case "add":
    case "remove":
    case "check out":
    case "give up":
    case "look":
      return [];
    case "read": {
      const holds = (body["open_holds"] as ReadonlyArray<Body>).map((hold) =>
        String(hold["hold_id"]),
      );
      return one([], { ...observed, version: Number(body["version"]), holds });
    }
  }
};

const repaymentHold = (playerId: string, key: string) =>
  `repay:${intentDigest({ playerId: playerId as PlayerId, key, requestId: "" })}`;

const paymentOf = (playerId: string, key: string) =>
  `p_${intentDigest({ playerId: playerId as PlayerId, key, requestId: "" })}`;

/** Names an event as those who were told of it would: so that none is counted twice. */
const eventName = (event: TaggedEvent): string => {
  switch (event._tag) {
    case "MoneyHeld":
      return `opens ${String(event["holdId"])}`;
    case "HoldReleased":
    case "HoldSettled":
      return `closes ${String(event["holdId"])}`;
    case "Deposited":
      return `gets ${String(event["account"])} ${String(event["ref"])}`;
    default:
      return event._tag;
  }
};

const toldNames = ({ answers, request }: Intent, actions: ReadonlyArray<WalletAction>) => {
  const names = actions.flatMap(({ changes }) =>
    changes.flatMap(({ closes, opens }) => [
      ...(opens === undefined ? [] : [`opens ${opens[0]}`]),
      ...(closes === undefined ? [] : [`closes ${closes}`]),
    ]),
  );
  if (request.kind !== "accept" || actions.length === 0) return names;
  const favorId = String(answers[0]?.body["favor_id"]);
  return [...names, `gets favor:${favorId} ${favorId}`];
};

/**
 * The operations of one player's wallet. `entries` is its journal; without one, an intent that was never answered may have
 * had its effect or not, as far as its request tells it.
 */
export const walletOperations = (
  intents: ReadonlyArray<Intent>,
  entries: ReadonlyArray<Entry> | undefined,
): ReadonlyArray<Operation<WalletAction>> => {
  const operations: Array<Operation<WalletAction>> = [];
  const told = new Set<string>();
  for (const intent of intents) {
    const { answers, invokedAt, request } = intent;
    const actions = actionsOf(intent);
    for (const name of toldNames(intent, actions)) told.add(name);
    const answeredAt = answers[0]?.at ?? Infinity;
    for (const action of actions)
      operations.push({ invokedAt, answeredAt, required: true, action });
    if (answers.length > 0 || entries !== undefined) continue;
    for (const changes of possibly(request))
      operations.push({
        invokedAt,
        answeredAt,
        required: false,
        action: { name: `${request.kind} ${request.key}`, changes: [changes], observed: {} },
      });
  }
  for (const entry of entries ?? []) {
    const hidden = entry.events.filter((event) => !told.has(eventName(event)));
    if (hidden.length === 0) continue;
    const name = `${entry.command} ${entry.commandId}`;
    operations.push({
      invokedAt: entry.at - CLOCK_SKEW_MS,
      answeredAt: Infinity,
      required: true,
      action: { name, changes: hidden.map(changeOf), observed: {} },
    });
  }
  return operations;
};

const possibly = (request: Intent["request"]): ReadonlyArray<Change> => {
  if (request.kind === "bet") return [opening(request.key, request.stake)];
  if (request.kind === "offer") return [opening(request.key, request.amount)];
  return [];
};
