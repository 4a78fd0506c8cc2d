/**
 * Linearizability, twice. The search asks whether any order explains what was told (`Linearizability.ts`); the journal is
 * one order, and must itself be such an order: what was answered before something else was asked comes before it there.
 */
import type { Find } from "./Finding.ts";
import type { Intent } from "./History.ts";
import { linearize } from "./Linearizability.ts";
import { checkOrder } from "./SeenOrder.ts";
import type { WalletBook } from "./WalletBook.ts";
import { walletModel, walletOperations } from "./WalletModel.ts";

export const checkLinearizable = (
  playerId: string,
  intents: ReadonlyArray<Intent>,
  book: WalletBook | undefined,
  find: Find,
): void => {
  const subject = `wallet ${playerId}`;
  const bad = (sentence: string) => find({ promise: "linearizable", subject, sentence });
  const operations = walletOperations(intents, book?.entries);
  const searched = linearize(operations, walletModel);
  if (searched._tag === "Undecided")
    bad(`the search in ${operations.length} operations took too long`);
  if (searched._tag === "NotLinearizable") {
    const { blocked, explained, state } = searched;
    const { locked, total, version } = state;
    bad(
      `no order of ${operations.length} operations explains ${blocked.action.name}, which showed ${JSON.stringify(blocked.action.observed)}; ${explained} are explained and lead to ${JSON.stringify({ total, locked, version })}`,
    );
  }
  if (book !== undefined) checkReads(intents, book, bad);
};

/** Reads bear the version that they saw: it never goes back, and what it shows is what the journal has there. */
const checkReads = (
  intents: ReadonlyArray<Intent>,
  { moneyAt }: WalletBook,
  bad: (sentence: string) => void,
): void => {
  const reads = intents.flatMap(({ answers, invokedAt, request }) => {
    const answer = answers[0];
    if (request.kind !== "read" || answer === undefined || answer.status >= 400) return [];
    const { at: answeredAt, body } = answer;
    const { key } = request;
    const version = Number(body["version"]);
    return [{ key, name: `read ${key}`, invokedAt, answeredAt, body, version }];
  });
  for (const { body, key, version } of reads) {
    const money = moneyAt.get(version);
    if (money === undefined)
      bad(`read ${key} saw version ${version}, which the journal does not have`);
    else if (body["balance_total"] !== money.total || body["balance_locked"] !== money.locked)
      bad(
        `read ${key} saw ${String(body["balance_total"])} with ${String(body["balance_locked"])} locked at version ${version}, and the journal has ${money.total} with ${money.locked}`,
      );
  }
  checkOrder(reads, [], bad);
};
