/** What this browser saw of a raffle while its numbers were on sale: its commitment, and which beacon it waits for. */
import { noteOnce, notedOf } from "../proof/noted.ts";
import type { NoteBook, NoteStorage } from "../proof/noted.ts";
import { fields, integer, listOf, text } from "../proof/shape.ts";
import type { RaffleBody } from "../../../sdk/src/index.ts";

export interface NotedRaffle {
  readonly raffleId: string;
  readonly commitment: string;
  /** Empty without a beacon. */
  readonly chainHash: string;
  readonly notedAtMs: number;
}

const isNotes = (value: unknown): value is readonly NotedRaffle[] =>
  listOf(fields({ raffleId: text, commitment: text, chainHash: text, notedAtMs: integer }))(
    value,
  ) === null;

const BOOK: NoteBook<NotedRaffle> = {
  storageKey: "croupier.noted.raffles",
  // Raffles, at some 200 bytes each: more than anyone looks at between a sale and its draw.
  maxNotes: 300,
  isNotes,
  subjectOf: ({ raffleId }) => raffleId,
};

/** What of a raffle is noted; what is over proves nothing any more. */
export type OnSale = Pick<RaffleBody, "id" | "status" | "commitment"> & {
  readonly beacon: { readonly chain_hash: string } | null;
};

/** Notes a raffle that is on sale, unless it has been noted before. */
export function noteRaffle(storage: NoteStorage, raffle: OnSale, nowMs: number): void {
  const { beacon, commitment, id, status } = raffle;
  if (commitment === null || (status !== "active" && status !== "suspended")) return;
  noteOnce(storage, BOOK, {
    raffleId: id,
    commitment,
    chainHash: beacon?.chain_hash ?? "",
    notedAtMs: nowMs,
  });
}

/** Null when this browser did not see the raffle on sale. */
export const notedRaffle = (storage: NoteStorage, raffleId: string): NotedRaffle | null =>
  notedOf(storage, BOOK, raffleId);
