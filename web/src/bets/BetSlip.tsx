import "./BetSlip.css";
import { memo, useRef, useState } from "react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { MARKETS } from "../../../entities/lobby/race/market.ts";
import { Refused } from "../app/Refused.tsx";
import { useFormat } from "../i18n/useFormat.ts";
import type { HouseRules } from "../lobby/useHouseRules.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { useRoom } from "../room/useRoom.ts";
import { changeMarket, isComplete, togglePick } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { SlipEstimate } from "./SlipEstimate.tsx";
import { useIsInView } from "./useIsInView.ts";
import { lastBet } from "./lastBet.ts";
import { useMarkets } from "./useMarkets.ts";
import type { Placing } from "./usePlacing.ts";

/** Stakes at a touch, minor units. */
const CHIPS = [100, 500, 2_000, 10_000] as const;
const FIRST_STAKE_MINOR = 500;
/** The least stake of a server that does not tell its own. */
const USUAL_MIN_MINOR = 100;

/** By how much the stake goes up and down: a step that is felt, at any size. */
const stepOf = (stakeMinor: number): number =>
  stakeMinor < 1_000 ? 100 : stakeMinor < 5_000 ? 500 : stakeMinor < 20_000 ? 1_000 : 5_000;

/** Which part of the slip a refusal is about. */
const FIELDS: Readonly<Record<string, "stake" | "picks">> = {
  insufficient_funds: "stake",
  stake_below_min: "stake",
  stake_above_max: "stake",
  player_limit: "stake",
  invalid_selection: "picks",
};

/** Puts a bet together and places it. What it cannot know (limits, closing time) the server tells in a refusal. */
export const BetSlip = memo(function BetSlip({
  draft,
  onDraft,
  isOpen,
  placing,
  rules,
}: {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly isOpen: boolean;
  readonly placing: Placing;
  readonly rules: HouseRules;
}) {
  const { t } = useTranslation("bets");
  const markets = useMarkets();
  const format = useFormat();
  const raceId = useRoom((state) => state.lobby.lobby?.race_id);
  const available = useRoom((state) => state.wallet?.available);
  const isOnline = useRoom((state) => state.connection.kind === "online");
  const runners = useRoom((state) => state.lobby.lobby?.runners);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const isInView = useIsInView(buttonRef);
  const [stakeText, setStakeText] = useState(() => format.money(FIRST_STAKE_MINOR));
  if (raceId === undefined || runners === undefined) return null;

  const { isSending, refusal, placed } = placing;
  const stakeMinor = format.parseMoney(stakeText);
  const { name, rule, slots } = markets[draft.market];
  const missing = slots.length - draft.selection.length;
  const blocker = !isOpen
    ? t("slip.closed")
    : !isComplete(draft)
      ? missing === 1 && slots.length === 1
        ? t("slip.pickOne")
        : t("slip.pickMore", { count: missing })
      : stakeMinor === undefined || stakeMinor === 0
        ? t("slip.enterStake", { example: format.money(FIRST_STAKE_MINOR) })
        : null;
  const isOver = available !== undefined && stakeMinor !== undefined && stakeMinor > available;
  const wrong = refusal === null ? undefined : FIELDS[refusal.code];
  const minMinor = rules.minBetMinor ?? USUAL_MIN_MINOR;
  const mostMinor = Math.min(available ?? 0, rules.maxBetMinor ?? Infinity);

  const change = (next: Draft): void => {
    placing.change();
    onDraft(next);
  };
  const setStake = (minor: number): void => {
    placing.change();
    setStakeText(format.money(minor));
  };
  const step = (sign: 1 | -1): void => {
    const now = stakeMinor ?? 0;
    const size = stepOf(sign === 1 ? now : now - 1);
    setStake(Math.max(minMinor, (Math.floor(now / size) + sign) * size));
  };
  const place = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (blocker !== null || stakeMinor === undefined || isSending) return;
    if (await placing.place(raceId, draft, stakeMinor)) {
      onDraft({ market: draft.market, selection: [] });
    }
  };

  const label = isSending
    ? isOnline
      ? t("slip.placing")
      : t("slip.waiting")
    : blocker === null && stakeMinor !== undefined
      ? t("slip.placeFor", { amount: format.money(stakeMinor) })
      : t("slip.place");
  const status =
    isSending && !isOnline
      ? t("slip.kept")
      : (blocker ??
        (isOver ? t("slip.overAvailable", { amount: format.money(available ?? 0) }) : ""));
  return (
    <section className="panel slip" aria-labelledby="slip-title">
      <div className="panel-head">
        <h2 id="slip-title">{t("slip.title")}</h2>
        <PoolNow market={draft.market} />
      </div>
      <form id="slip" onSubmit={(event) => void place(event)}>
        <fieldset disabled={!isOpen || isSending}>
          <legend className="unseen">{t("slip.market")}</legend>
          <div className="slip-markets">
            {MARKETS.map((market) => (
              <label key={market}>
                <input
                  type="radio"
                  name="market"
                  value={market}
                  className="unseen"
                  checked={draft.market === market}
                  onChange={() => change(changeMarket(draft, market))}
                />
                <span>{markets[market].name}</span>
              </label>
            ))}
          </div>
          <p className="slip-rule muted">{rule}</p>
          <ol
            className="slip-picks"
            aria-label={t("slip.picks")}
            data-wrong={wrong === "picks"}
            aria-describedby={wrong === "picks" ? "slip-refusal" : undefined}
          >
            {slots.map((slot, index) => {
              const number = draft.selection[index];
              const runner = runners.find((other) => other.number === number);
              return (
                <li key={slot} className={runner === undefined ? "is-empty" : ""}>
                  <span className="slip-slot muted">{slot}</span>
                  {runner === undefined ? (
                    <span className="muted">{t("slip.empty")}</span>
                  ) : (
                    <>
                      <RunnerMark number={runner.number} size={24} />
                      <span className="slip-pick-name">{runner.name}</span>
                      <button
                        type="button"
                        className="button is-quiet is-small"
                        aria-label={t("slip.remove", { name: runner.name })}
                        onClick={() => change(togglePick(draft, runner.number))}
                      >
                        ×
                      </button>
                    </>
                  )}
                </li>
              );
            })}
          </ol>
          <div className="slip-stake-head">
            <label className="field-label" htmlFor="stake">
              {t("slip.stake")}
            </label>
            <Repeat draft={draft} onDraft={change} onStake={setStake} />
          </div>
          <div className="slip-stake">
            <button
              type="button"
              className="button slip-step"
              aria-label={t("slip.less")}
              disabled={stakeMinor !== undefined && stakeMinor <= minMinor}
              onClick={() => step(-1)}
            >
              −
            </button>
            <input
              id="stake"
              className="input figure"
              inputMode="decimal"
              autoComplete="off"
              value={stakeText}
              aria-invalid={stakeMinor === undefined || wrong === "stake"}
              aria-describedby={wrong === "stake" ? "slip-refusal" : "slip-status"}
              onChange={(event) => {
                placing.change();
                setStakeText(event.target.value);
              }}
            />
            <button
              type="button"
              className="button slip-step"
              aria-label={t("slip.more")}
              onClick={() => step(1)}
            >
              +
            </button>
          </div>
          <div className="slip-chips" role="group" aria-label={t("slip.quick")}>
            {CHIPS.map((chip) => (
              <button
                key={chip}
                type="button"
                className="slip-chip figure"
                aria-pressed={stakeMinor === chip}
                aria-label={t("slip.chip", { amount: format.money(chip) })}
                onClick={() => setStake(chip)}
              >
                {format.number(chip / 100)}
              </button>
            ))}
            <button
              type="button"
              className="button is-small slip-max"
              title={t("slip.maxTitle")}
              disabled={mostMinor < minMinor || !Number.isFinite(mostMinor)}
              onClick={() => setStake(mostMinor)}
            >
              {t("slip.max")}
            </button>
          </div>
        </fieldset>
        <SlipEstimate draft={draft} stakeMinor={stakeMinor} rules={rules} />
        <button
          type="submit"
          ref={buttonRef}
          className="button is-main slip-place figure"
          disabled={blocker !== null || isSending}
        >
          {label}
        </button>
        <p className="slip-status muted" id="slip-status" aria-live="polite">
          {status === "" ? <span className="slip-keys">{t("slip.keys")}</span> : status}
        </p>
        {refusal !== null && <Refused refusal={refusal} id="slip-refusal" />}
        {placed !== null && (
          <p className="notice is-good" role="status">
            {t("slip.placed", {
              market: markets[placed.market].name,
              selection: placed.selection.join(", "),
              amount: format.money(placed.stakeMinor),
            })}
          </p>
        )}
      </form>
      {isOpen && isComplete(draft) && !isInView && (
        <div className="slip-bar">
          <span className="slip-bar-text">
            <strong>{name}</strong>
            {draft.selection.map((number) => (
              <RunnerMark key={number} number={number} size={24} />
            ))}
          </span>
          <button
            type="submit"
            form="slip"
            className="button is-main figure"
            disabled={blocker !== null || isSending}
          >
            {label}
          </button>
        </div>
      )}
    </section>
  );
});

function PoolNow({ market }: { readonly market: Draft["market"] }) {
  const { t } = useTranslation("bets");
  const format = useFormat();
  const { name } = useMarkets()[market];
  const pool = useRoom((state) => state.lobby.lobby?.pools[market] ?? 0);
  return (
    <span className="muted figure">
      {t("slip.pool", { market: name, amount: format.money(pool) })}
    </span>
  );
}

/** Puts the last bet on the slip again; placing it stays the player's act. */
function Repeat({
  draft,
  onDraft,
  onStake,
}: {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly onStake: (minor: number) => void;
}) {
  const { t } = useTranslation("bets");
  const markets = useMarkets();
  const format = useFormat();
  const runners = useRoom((state) => state.lobby.lobby?.runners);
  const bet = lastBet(localStorage);
  const isPossible =
    bet !== null &&
    bet.selection.every(
      (number) => runners?.find((runner) => runner.number === number)?.scratched === false,
    );
  if (!isPossible || draft.selection.length > 0) return null;
  return (
    <button
      type="button"
      className="button is-quiet is-small slip-repeat"
      title={t("slip.repeatTitle", {
        market: markets[bet.market].name,
        selection: bet.selection.join(", "),
        amount: format.money(bet.stakeMinor),
      })}
      onClick={() => {
        onDraft({ market: bet.market, selection: bet.selection });
        onStake(bet.stakeMinor);
      }}
    >
      {t("slip.repeat")}
    </button>
  );
}
