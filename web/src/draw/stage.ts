/** Where a draw stands, for who looks at it now. Pure. */
import type { BeaconChainBody, DrawBody, RaffleBody } from "../../../sdk/src/index.ts";

export type Stage =
  /** Numbers are on sale, or the sale is suspended. */
  | { readonly kind: "sale"; readonly drawAtMs: number }
  /** Its time has come; the server closes the sale. */
  | { readonly kind: "due" }
  /** The list of tickets is final; the draw is to come at its date. */
  | { readonly kind: "closed"; readonly drawAtMs: number }
  /** Everything is fixed but the beacon's round. */
  | { readonly kind: "beacon"; readonly round: number; readonly publishedAtMs: number }
  /** Nothing more is waited for. */
  | { readonly kind: "drawing" }
  | { readonly kind: "drawn" }
  | { readonly kind: "cancelled" }
  /** Not published yet. */
  | { readonly kind: "draft" };

export function stageOf(raffle: RaffleBody, draw: DrawBody | null, nowMs: number): Stage {
  const drawAtMs = Date.parse(raffle.draw_at);
  switch (raffle.status) {
    case "draft":
    case "cancelled":
      return { kind: raffle.status };
    case "completed":
      return draw === null || draw.drawn_at === null ? { kind: "drawing" } : { kind: "drawn" };
    case "suspended":
      return { kind: "sale", drawAtMs };
    case "active":
      return nowMs < drawAtMs ? { kind: "sale", drawAtMs } : { kind: "due" };
    case "closed": {
      const round = draw?.awaited_round ?? null;
      const publishedAtMs =
        raffle.beacon === null || round === null ? null : publishedAt(raffle.beacon, round);
      if (drawAtMs > Math.max(nowMs, publishedAtMs ?? 0)) return { kind: "closed", drawAtMs };
      return round === null || publishedAtMs === null
        ? { kind: "drawing" }
        : { kind: "beacon", round, publishedAtMs };
    }
  }
}

const publishedAt = ({ genesis_at, period_ms }: BeaconChainBody, round: number): number =>
  Date.parse(genesis_at) + (round - 1) * period_ms;

/** How long something takes to come, in the two largest units at least: `3 d 04:05:06`, `04:05:06`, `05:06`. */
export function clockOf(leftMs: number): {
  readonly days: number;
  readonly clock: string;
} {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  const two = (value: number) => String(value).padStart(2, "0");
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3_600) % 24;
  const minutes = two(Math.floor(seconds / 60) % 60);
  const clock = `${minutes}:${two(seconds % 60)}`;
  return { days, clock: days > 0 || hours > 0 ? `${two(hours)}:${clock}` : clock };
}
