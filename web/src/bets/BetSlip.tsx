import "./BetSlip.css";
import { useState } from "react";
import type { FormEvent } from "react";
import { MARKETS } from "../../../entities/lobby/race/market.ts";
import type { Refusal } from "../connection/Outbox.ts";
import { Refused } from "../app/Refused.tsx";
import { useTable, useTableState } from "../app/useTable.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { formatMoney, parseMoney } from "../wallet/money.ts";
import { changeMarket, isComplete, togglePick } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { MARKET_TEXTS } from "./markets.ts";

/** Stakes at a touch, minor units. */
const CHIPS = [100, 500, 2_000, 10_000] as const;

/** Puts a bet together and places it. What it cannot know (limits, closing time) the server tells in a refusal. */
export function BetSlip({
  draft,
  onDraft,
  isOpen,
}: {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly isOpen: boolean;
}) {
  const table = useTable();
  const lobby = useTableState((state) => state.lobby.lobby);
  const wallet = useTableState((state) => state.wallet);
  const isOnline = useTableState((state) => state.connection.kind === "online");
  const [stakeText, setStakeText] = useState("5.00");
  const [isSending, setIsSending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [placed, setPlaced] = useState("");

  if (lobby === null) return null;
  const stakeMinor = parseMoney(stakeText);
  const { name, rule, slots } = MARKET_TEXTS[draft.market];
  const blocker = !isOpen
    ? "Betting is closed."
    : !isComplete(draft)
      ? slots.length === 1
        ? "Pick a runner."
        : `Pick ${slots.length} runners.`
      : stakeMinor === undefined || stakeMinor === 0
        ? "Enter a stake such as 5.00."
        : null;

  const place = async (event: FormEvent) => {
    event.preventDefault();
    if (blocker !== null || stakeMinor === undefined || isSending) return;
    setIsSending(true);
    setRefusal(null);
    setPlaced("");
    const { market, selection } = draft;
    const refused = await table.placeBet({
      raceId: lobby.race_id,
      market,
      selection,
      stakeMinor,
    });
    setIsSending(false);
    setRefusal(refused);
    if (refused !== null) return;
    setPlaced(`${name} ${selection.join(", ")} for ${formatMoney(stakeMinor)} is on.`);
    onDraft({ market, selection: [] });
  };

  const odds = draft.market === "win" ? lobby.odds[draft.selection[0] ?? 0] : undefined;
  const pool = lobby.pools[draft.market] ?? 0;
  const label = isSending ? (isOnline ? "Placing…" : "Waiting to send…") : "Place bet";
  return (
    <section className="panel slip" aria-labelledby="slip-title">
      <div className="panel-head">
        <h2 id="slip-title">Bet slip</h2>
        <span className="muted figure">
          {name} pool {formatMoney(pool)}
        </span>
      </div>
      <form id="slip" onSubmit={(event) => void place(event)}>
        <fieldset disabled={!isOpen || isSending}>
          <legend className="unseen">Market</legend>
          <div className="slip-markets">
            {MARKETS.map((market) => (
              <label key={market}>
                <input
                  type="radio"
                  name="market"
                  value={market}
                  className="unseen"
                  checked={draft.market === market}
                  onChange={() => {
                    setRefusal(null);
                    onDraft(changeMarket(draft, market));
                  }}
                />
                <span>{MARKET_TEXTS[market].name}</span>
              </label>
            ))}
          </div>
          <p className="slip-rule muted">{rule}</p>
          <ol className="slip-picks" aria-label="Your picks">
            {slots.map((slot, index) => {
              const number = draft.selection[index];
              const runner = lobby.runners.find((other) => other.number === number);
              return (
                <li key={slot} className={runner === undefined ? "is-empty" : ""}>
                  <span className="slip-slot muted">{slot}</span>
                  {runner === undefined ? (
                    <span className="muted">pick from the field</span>
                  ) : (
                    <>
                      <RunnerMark number={runner.number} size={24} />
                      <span className="slip-pick-name">{runner.name}</span>
                      <button
                        type="button"
                        className="button is-quiet is-small"
                        aria-label={`Take ${runner.name} off the slip`}
                        onClick={() => onDraft(togglePick(draft, runner.number))}
                      >
                        ×
                      </button>
                    </>
                  )}
                </li>
              );
            })}
          </ol>
          <label className="field-label" htmlFor="stake">
            Stake
          </label>
          <div className="slip-stake">
            <input
              id="stake"
              className="input figure"
              inputMode="decimal"
              autoComplete="off"
              value={stakeText}
              aria-invalid={stakeMinor === undefined}
              onChange={(event) => {
                setRefusal(null);
                setStakeText(event.target.value);
              }}
            />
            <div className="slip-chips" role="group" aria-label="Quick stakes">
              {CHIPS.map((chip) => (
                <button
                  key={chip}
                  type="button"
                  className="slip-chip figure"
                  aria-pressed={stakeMinor === chip}
                  aria-label={`Stake ${formatMoney(chip)}`}
                  onClick={() => setStakeText(formatMoney(chip))}
                >
                  {chip / 100}
                </button>
              ))}
            </div>
          </div>
        </fieldset>
        <p className="slip-estimate muted">
          {odds !== undefined && stakeMinor !== undefined
            ? `About ${formatMoney(Math.floor(Number(odds) * stakeMinor))} back at today’s odds of ${odds}.`
            : "Winners share the pool, less the house’s part."}
          {wallet !== null && stakeMinor !== undefined && stakeMinor > wallet.available
            ? " This is more than you have available."
            : ""}
        </p>
        <button
          type="submit"
          className="button is-main slip-place"
          disabled={blocker !== null || isSending}
        >
          {label}
        </button>
        <p className="slip-blocker muted" aria-live="polite">
          {isSending && !isOnline
            ? "The bet is kept and will be placed once, when the connection is back."
            : (blocker ?? "")}
        </p>
        {refusal !== null && <Refused refusal={refusal} />}
        {placed !== "" && (
          <p className="notice is-good" role="status">
            {placed}
          </p>
        )}
      </form>
      {isOpen && isComplete(draft) && (
        <div className="slip-bar">
          <span className="slip-bar-text">
            <strong>{name}</strong>
            {draft.selection.map((number) => (
              <RunnerMark key={number} number={number} size={24} />
            ))}
            <span className="figure">
              {stakeMinor === undefined ? "–" : formatMoney(stakeMinor)}
            </span>
          </span>
          <button
            type="submit"
            form="slip"
            className="button is-main"
            disabled={blocker !== null || isSending}
          >
            {label}
          </button>
        </div>
      )}
    </section>
  );
}
