/**
 * The history checker: what clients did and saw, held against the promises of the system and against the journal that is
 * left. Each promise has its file; this one brings the evidence to them.
 */
import type { Finding } from "./Finding.ts";
import { type Books, checkFrames } from "./Frames.ts";
import { type Intent, intentsOf, type Line } from "./History.ts";
import { byEntity, type Entry } from "./Journal.ts";
import { LobbyBook } from "./LobbyBook.ts";
import { checkLooks } from "./Looks.ts";
import { checkOwnership } from "./Ownership.ts";
import { checkPayments } from "./Payments.ts";
import { RaffleBook } from "./RaffleBook.ts";
import { checkLinearizable } from "./Reads.ts";
import { checkConservation } from "./Conservation.ts";
import { checkReplies } from "./Replies.ts";
import { checkStreams } from "./Streams.ts";
import { checkTickets } from "./Tickets.ts";
import { checkEffects, checkVersions } from "./Versions.ts";
import { type WalletBook, walletBook } from "./WalletBook.ts";

export interface Evidence {
  /** In the order of time. */
  readonly history: ReadonlyArray<Line>;
  readonly journal: ReadonlyArray<Entry>;
}

/** What was broken; nothing when every promise was kept. */
export const check = ({ history, journal }: Evidence): ReadonlyArray<Finding> => {
  const findings: Array<Finding> = [];
  const find = (finding: Finding) => void findings.push(finding);
  checkVersions(journal, find);
  checkEffects(journal, find);
  checkConservation(journal, find);
  checkTickets(journal, find);
  const intents = intentsOf(history);
  checkReplies(intents, journal, find);
  checkPayments(intents, journal, find);
  checkOwnership(intents, find);
  checkStreams(history, find);
  const books = booksOf(journal, find);
  checkFrames(history, books, find);
  checkLooks(intents, books.raffles, find);
  for (const [playerId, own] of byPlayer(intents))
    checkLinearizable(playerId, own, books.wallets.get(playerId), find);
  return findings;
};

const booksOf = (journal: ReadonlyArray<Entry>, find: (finding: Finding) => void): Books => {
  const lobbies = new Map<string, LobbyBook>();
  const raffles = new Map<string, RaffleBook>();
  const wallets = new Map<string, WalletBook>();
  for (const entries of byEntity(journal).values()) {
    const first = entries[0];
    if (first?.kind === "lobby") lobbies.set(first.entityId, new LobbyBook(entries));
    if (first?.kind === "raffle") raffles.set(first.entityId, new RaffleBook(entries));
    if (first?.kind === "wallet") {
      const book = walletBook(entries, (subject, sentence) =>
        find({ promise: "money is conserved", subject, sentence }),
      );
      wallets.set(first.entityId, book);
    }
  }
  return { lobbies, raffles, wallets };
};

const byPlayer = (intents: ReadonlyArray<Intent>) => {
  const players = new Map<string, Array<Intent>>();
  for (const intent of intents) {
    const own = players.get(intent.playerId);
    if (own === undefined) players.set(intent.playerId, [intent]);
    else own.push(intent);
  }
  return players;
};
