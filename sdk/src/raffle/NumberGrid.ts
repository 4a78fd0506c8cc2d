/**
 * Which numbers of a raffle are free, reserved and sold. A grid never changes: a change makes another one, which shares
 * with the one before it all that is the same, in chunks. So a change costs what has changed, however many numbers there
 * are; and whoever keeps the grid that is painted asks the next one what is to be painted anew (`changedSince`).
 */
export type NumberStatus = "available" | "reserved" | "sold";

export interface NumberGrid {
  /** The numbers are 0 to one less than this. */
  readonly total: number;
  readonly reservedCount: number;
  readonly soldCount: number;
  readonly availableCount: number;
  /** Of a number that the raffle does not have, `sold`: nobody can have it. */
  readonly status: (number: number) => NumberStatus;
  readonly isReserved: (number: number) => boolean;
  readonly isSold: (number: number) => boolean;
  /** The numbers whose status is another than in `before`, ascending; of a grid of another size, or null, all. */
  readonly changedSince: (before: NumberGrid | null) => readonly number[];
}

const STATUSES = ["available", "reserved", "sold"] as const;
const RESERVED = 1;
const SOLD = 2;
/** Numbers of a chunk: a change of ten numbers copies 5 KB at most, and 100,000 numbers are 196 chunks. */
const CHUNK_BITS = 9;
const CHUNK_SIZE = 1 << CHUNK_BITS;

class ChunkedGrid implements NumberGrid {
  readonly total: number;
  readonly reservedCount: number;
  readonly soldCount: number;
  /** A byte a number, its place in `STATUSES`. */
  readonly chunks: readonly Uint8Array[];

  constructor(
    chunks: readonly Uint8Array[],
    counts: { readonly total: number; readonly reserved: number; readonly sold: number },
  ) {
    this.chunks = chunks;
    this.total = counts.total;
    this.reservedCount = counts.reserved;
    this.soldCount = counts.sold;
  }

  get availableCount(): number {
    return this.total - this.reservedCount - this.soldCount;
  }

  // Each is handed about as a function of its own.
  readonly status = (number: number): NumberStatus => STATUSES[this.#byte(number)] ?? "sold";
  readonly isReserved = (number: number): boolean => this.#byte(number) === RESERVED;
  readonly isSold = (number: number): boolean => this.#byte(number) === SOLD;

  readonly changedSince = (before: NumberGrid | null): readonly number[] => {
    if (!(before instanceof ChunkedGrid) || before.total !== this.total)
      return Array.from({ length: this.total }, (_, number) => number);
    const changed: number[] = [];
    this.chunks.forEach((chunk, index) => {
      const old = before.chunks[index];
      if (old === chunk) return;
      for (let at = 0; at < chunk.length; at += 1)
        if (old?.[at] !== chunk[at]) changed.push((index << CHUNK_BITS) + at);
    });
    return changed;
  };

  #byte(number: number): number {
    return this.chunks[number >> CHUNK_BITS]?.[number & (CHUNK_SIZE - 1)] ?? SOLD;
  }
}

/** Of a raffle that has sold nothing yet. */
export function emptyGrid(total: number): NumberGrid {
  return gridOf(total, "", "");
}

/** From bitmaps as the server sends them: base64, a bit a number, the lowest number in the lowest bit of the first byte. */
export function gridOf(total: number, reservedBits: string, soldBits: string): NumberGrid {
  const reserved = atob(reservedBits);
  const sold = atob(soldBits);
  const has = (bits: string, number: number): boolean =>
    ((bits.charCodeAt(number >> 3) >> (number & 7)) & 1) === 1;
  const counts = { total, reserved: 0, sold: 0 };
  const chunks = Array.from({ length: Math.ceil(total / CHUNK_SIZE) }, (_, index) => {
    const first = index << CHUNK_BITS;
    const chunk = new Uint8Array(Math.min(CHUNK_SIZE, total - first));
    for (let at = 0; at < chunk.length; at += 1) {
      const number = first + at;
      if (has(sold, number)) {
        chunk[at] = SOLD;
        counts.sold += 1;
      } else if (has(reserved, number)) {
        chunk[at] = RESERVED;
        counts.reserved += 1;
      }
    }
    return chunk;
  });
  return new ChunkedGrid(chunks, counts);
}

/** The grid after these changes; the same one where they change nothing. Numbers that it does not have are passed over. */
export function withChanges(
  grid: NumberGrid,
  changes: readonly { readonly status: NumberStatus; readonly numbers: readonly number[] }[],
): NumberGrid {
  if (!(grid instanceof ChunkedGrid)) return grid;
  const chunks = [...grid.chunks];
  const perStatus = [grid.availableCount, grid.reservedCount, grid.soldCount];
  let isChanged = false;
  for (const { numbers, status } of changes) {
    const next = STATUSES.indexOf(status);
    for (const number of numbers) {
      const index = number >> CHUNK_BITS;
      const at = number & (CHUNK_SIZE - 1);
      const chunk = chunks[index];
      const was = chunk?.[at];
      if (chunk === undefined || was === undefined || was === next) continue;
      isChanged = true;
      perStatus[was] = (perStatus[was] ?? 0) - 1;
      perStatus[next] = (perStatus[next] ?? 0) + 1;
      const own = chunk === grid.chunks[index] ? chunk.slice() : chunk;
      own[at] = next;
      chunks[index] = own;
    }
  }
  if (!isChanged) return grid;
  const [, reserved = 0, sold = 0] = perStatus;
  return new ChunkedGrid(chunks, { total: grid.total, reserved, sold });
}
