import type { PrizeDraw } from "./Step.ts";

/** The list of tickets as a line: where earlier winners stood, and the mark on its way to the next. */
export function Ruler({
  draws,
  tickets,
  revealed,
  current,
  mark,
}: {
  readonly draws: readonly PrizeDraw[];
  readonly tickets: number;
  readonly revealed: number;
  /** The prize whose mark travels, from 0; null for none. */
  readonly current: number | null;
  /** How far it has come, 0 to 1. */
  readonly mark: number;
}) {
  const share = (place: number) => (100 * (place + 0.5)) / tickets;
  const to = current === null ? undefined : draws[current];
  const from = current === null || current === 0 ? undefined : draws[current - 1];
  const start = from === undefined ? 0 : share(from.place);
  return (
    <div className="draw-ruler" aria-hidden="true">
      {draws.slice(0, revealed).map(({ place, prize }) => (
        <i key={prize} style={{ left: `${share(place)}%` }} />
      ))}
      {to !== undefined && <b style={{ left: `${start + (share(to.place) - start) * mark}%` }} />}
    </div>
  );
}
