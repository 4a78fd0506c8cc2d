/** Nothing that a client was shown is ahead of the journal, or other than what the journal leads to. */
import type { Find } from "./Finding.ts";
import type { Line, SeenFrame } from "./History.ts";
import type { LobbyBook } from "./LobbyBook.ts";
import type { RaffleBook } from "./RaffleBook.ts";
import type { WalletBook } from "./WalletBook.ts";
import { frameDigest } from "./frameDigest.ts";

export interface Books {
  readonly lobbies: ReadonlyMap<string, LobbyBook>;
  readonly raffles: ReadonlyMap<string, RaffleBook>;
  readonly wallets: ReadonlyMap<string, WalletBook>;
}

/** What is wrong with a frame, if anything. */
const faultOf = (frame: SeenFrame, { lobbies, raffles, wallets }: Books): string | undefined => {
  const { digest, kind, tick, topic, version } = frame;
  const entityId = topic.slice(topic.indexOf(":") + 1);
  if (topic.startsWith("wallet:")) {
    const money = wallets.get(entityId)?.moneyAt.get(version);
    if (money === undefined) return "the journal has no such version";
    const { frozen, locked, total } = money;
    const expected = frameDigest({
      type: "WALLET_UPDATED",
      player_id: entityId,
      version,
      balance_total: total,
      balance_locked: locked,
      balance_available: total - locked,
      frozen,
    });
    return digest === expected ? undefined : `the journal says ${total}, ${locked} of it locked`;
  }
  if (topic.startsWith("raffle:")) {
    const raffle = raffles.get(entityId);
    if (raffle === undefined || version > raffle.version) return "the journal has no such version";
    const expected = kind === "change" ? raffle.change(version) : raffle.snapshot(version);
    return digest === expected ? undefined : "the journal leads to another";
  }
  const lobby = lobbies.get(entityId);
  if (lobby === undefined || version > lobby.version) return "the journal has no such version";
  const isKnown =
    kind === "change"
      ? lobby.change(version) === digest
      : kind === "snapshot"
        ? lobby.snapshots(version).has(digest)
        : lobby.samples(version, tick).has(digest);
  return isKnown ? undefined : "the journal leads to another";
};

export const checkFrames = (lines: ReadonlyArray<Line>, books: Books, find: Find): void => {
  for (const line of lines) {
    if (line.type !== "frame") continue;
    const fault = faultOf(line, books);
    if (fault === undefined) continue;
    find({
      promise: "nothing is ahead of the journal",
      subject: `${line.topic} at ${line.socket}`,
      sentence: `${line.kind} ${line.version} was seen at ${line.at.toFixed(1)}, and ${fault}`,
    });
  }
};
