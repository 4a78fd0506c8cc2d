/**
 * Money is moved and never made: after every entry of the journal, in the order in which the entries were decided, what
 * the players own by their wallets' events and what all other accounts have by the ledger come to nothing together, and
 * no account on which money only passes has less than nothing.
 */
import type { Find } from "./Finding.ts";
import { type Entry, nameOf } from "./Journal.ts";
import { changeOf } from "./WalletBook.ts";

const isPlayers = (account: string) => account.startsWith("player:");
/** What comes to these has left a wallet before. */
const isPassing = (account: string) => /^(favor|transfer|reservation|raffle):/.test(account);

export const checkConservation = (journal: ReadonlyArray<Entry>, find: Find): void => {
  const balances = new Map<string, number>();
  const move = (account: string, amount: number) =>
    balances.set(account, (balances.get(account) ?? 0) + amount);
  let owned = 0;
  let elsewhere = 0;
  let drift = 0;
  const bad = (entry: Entry, sentence: string) =>
    find({ promise: "money is conserved", subject: nameOf(entry), sentence });
  // Of one moment what came first is not known: money that arrives is taken to have come before.
  const gain = ({ lines }: Entry) =>
    lines.reduce(
      (sum, { amount, credit, debit }) =>
        sum + (isPassing(credit) ? amount : 0) - (isPassing(debit) ? amount : 0),
      0,
    );
  const ordered = journal.toSorted((one, other) => one.at - other.at || gain(other) - gain(one));
  for (const entry of ordered) {
    if (entry.kind === "wallet") for (const event of entry.events) owned += changeOf(event).total;
    for (const { amount, credit, debit } of entry.lines) {
      if (!(amount > 0)) bad(entry, `version ${entry.version} moves ${amount}`);
      move(debit, -amount);
      move(credit, amount);
      if (!isPlayers(debit)) elsewhere -= amount;
      if (!isPlayers(credit)) elsewhere += amount;
      for (const account of [debit, credit])
        if (isPassing(account) && (balances.get(account) ?? 0) < 0)
          bad(entry, `version ${entry.version} leaves ${balances.get(account)} on ${account}`);
    }
    if (owned + elsewhere !== drift) {
      drift = owned + elsewhere;
      bad(
        entry,
        `version ${entry.version} leaves the players with ${owned} and all other accounts with ${elsewhere}: ${drift} came from nowhere`,
      );
    }
  }
};
