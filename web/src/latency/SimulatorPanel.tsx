import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MARKETS, SELECTION_COUNT } from "../../../entities/lobby/race/market.ts";
import type { Market } from "../../../rpc/lobby.ts";
import { useTable, useTableState } from "../app/useTable.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Desk } from "./Desk.ts";
import { MAX_BURST, MAX_PER_SECOND, faultOf } from "./Plan.ts";
import type { Fault, Pace, Plan } from "./Plan.ts";
import { SimulatorProgress } from "./SimulatorProgress.tsx";
import { useLive } from "./useLive.ts";

const LIVE_MS = 100;
const TRANSPORTS: readonly Plan["transport"][] = ["websocket", "rest", "both"];
const PACES: readonly Pace["kind"][] = ["burst", "rate"];
const MOST_PICKS = 3;
const DEFAULT_STAKE_MINOR = 100;
const DEFAULT_BUDGET_MINOR = 5_000;

interface Draft {
  readonly transport: Plan["transport"];
  readonly market: Market;
  /** As many as any market names; one uses the first of them. */
  readonly picks: readonly number[];
  readonly stake: string;
  readonly budget: string;
  readonly pace: Pace["kind"];
  readonly count: string;
  readonly perSecond: string;
}

/** Places real bets of the player's own money: one by hand, a burst, or so many a second. */
export function SimulatorPanel({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation("latency");
  const format = useFormat();
  useLive(desk, LIVE_MS);
  const table = useTable();
  const runners = useTableState((state) => state.lobby.lobby?.runners);
  const availableMinor = useTableState((state) => state.wallet?.available ?? 0);
  const [draft, setDraft] = useState<Draft>(() => ({
    transport: "websocket",
    market: "win",
    picks: Array.from({ length: MOST_PICKS }, (_, i) => i + 1),
    stake: format.money(DEFAULT_STAKE_MINOR),
    budget: format.money(DEFAULT_BUDGET_MINOR),
    pace: "burst",
    count: "20",
    perSecond: "10",
  }));
  const [fault, setFault] = useState<Fault | null>(null);
  const change = (changes: Partial<Draft>) => {
    setDraft({ ...draft, ...changes });
    setFault(null);
  };
  const simulator = desk.simulator();
  const progress = simulator?.progress() ?? null;
  const isRunning = progress !== null && progress.status !== "ended";
  const picksNeeded = SELECTION_COUNT[draft.market];

  const start = (by: "run" | "hand") => {
    const pace: Pace =
      by === "hand"
        ? { kind: "burst", count: 1 }
        : draft.pace === "burst"
          ? { kind: "burst", count: Number(draft.count) }
          : { kind: "rate", perSecond: Number(draft.perSecond) };
    const plan: Plan = {
      transport: draft.transport,
      market: draft.market,
      selection: draft.picks.slice(0, picksNeeded),
      stakeMinor: format.parseMoney(draft.stake) ?? 0,
      budgetMinor: format.parseMoney(draft.budget) ?? 0,
      pace,
    };
    const found = faultOf(plan, availableMinor);
    setFault(found);
    if (found === null) desk.start(table, plan, by);
  };

  return (
    <section className="panel simulator" aria-labelledby="simulator-title">
      <div className="panel-head">
        <h2 id="simulator-title">{t("simulator.title")}</h2>
      </div>
      <p className="muted simulator-about">{t("simulator.about")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          start("run");
        }}
      >
        <fieldset className="simulator-fields" disabled={isRunning}>
          <Choice
            name="transport"
            label={t("simulator.transport")}
            options={TRANSPORTS}
            chosen={draft.transport}
            sayOf={(one) => (one === "both" ? t("simulator.both") : t(`lane.${one}`))}
            onChoose={(transport) => change({ transport })}
          />
          <label>
            <span className="field-label">{t("simulator.market")}</span>
            <select
              className="input"
              name="market"
              value={draft.market}
              onChange={({ target }) => {
                const market = MARKETS.find((one) => one === target.value);
                if (market !== undefined) change({ market });
              }}
            >
              {MARKETS.map((market) => (
                <option key={market} value={market}>
                  {t(`market.${market}`)}
                </option>
              ))}
            </select>
          </label>
          {draft.picks.slice(0, picksNeeded).map((pick, which) => (
            // The n-th pick is what it is by its place.
            // oxlint-disable-next-line react/no-array-index-key
            <label key={which}>
              <span className="field-label">
                {picksNeeded === 1
                  ? t("simulator.runner")
                  : t("simulator.nth", { number: which + 1 })}
              </span>
              <select
                className="input"
                name={`pick-${which + 1}`}
                value={pick}
                onChange={({ target }) =>
                  change({ picks: draft.picks.with(which, Number(target.value)) })
                }
              >
                {(runners ?? []).map(({ number, name, scratched }) => (
                  <option key={number} value={number} disabled={scratched}>
                    {t("simulator.option", { number, name })}
                  </option>
                ))}
              </select>
            </label>
          ))}
          <NumberField
            name="stake"
            label={t("simulator.stake")}
            inputMode="decimal"
            value={draft.stake}
            onType={(stake) => change({ stake })}
          />
          <NumberField
            name="budget"
            label={t("simulator.budget")}
            inputMode="decimal"
            value={draft.budget}
            onType={(budget) => change({ budget })}
          />
          <Choice
            name="pace"
            label={t("simulator.pace")}
            options={PACES}
            chosen={draft.pace}
            sayOf={(one) => t(`simulator.${one}`)}
            onChoose={(pace) => change({ pace })}
          />
          {draft.pace === "burst" ? (
            <NumberField
              name="count"
              label={t("simulator.count", { most: MAX_BURST })}
              inputMode="numeric"
              value={draft.count}
              onType={(count) => change({ count })}
            />
          ) : (
            <NumberField
              name="per_second"
              label={t("simulator.perSecond", { most: MAX_PER_SECOND })}
              inputMode="numeric"
              value={draft.perSecond}
              onType={(perSecond) => change({ perSecond })}
            />
          )}
        </fieldset>
        {fault !== null && (
          <p className="notice is-bad" role="alert">
            {t(`fault.${fault}`, {
              available: format.money(availableMinor),
              burst: MAX_BURST,
              rate: MAX_PER_SECOND,
              count: picksNeeded,
            })}
          </p>
        )}
        <div className="simulator-acts">
          {isRunning ? (
            <button type="button" className="button is-main" onClick={() => desk.stop("stopped")}>
              {t("simulator.stop")}
            </button>
          ) : (
            <button type="submit" className="button is-main">
              {t("simulator.start")}
            </button>
          )}
          <button
            type="button"
            className="button"
            disabled={isRunning}
            onClick={() => start("hand")}
          >
            {t("simulator.one")}
          </button>
        </div>
      </form>
      {progress !== null && simulator !== null && (
        <SimulatorProgress progress={progress} plan={simulator.plan} />
      )}
    </section>
  );
}

function NumberField({
  name,
  label,
  inputMode,
  value,
  onType,
}: {
  readonly name: string;
  readonly label: string;
  readonly inputMode: "decimal" | "numeric";
  readonly value: string;
  readonly onType: (text: string) => void;
}) {
  return (
    <label data-field={name}>
      <span className="field-label">{label}</span>
      <input
        className="input figure"
        inputMode={inputMode}
        name={name}
        value={value}
        onChange={({ target }) => onType(target.value)}
      />
    </label>
  );
}

function Choice<Option extends string>({
  name,
  label,
  options,
  chosen,
  sayOf,
  onChoose,
}: {
  readonly name: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: Option;
  readonly sayOf: (option: Option) => string;
  readonly onChoose: (option: Option) => void;
}) {
  return (
    <fieldset data-field={name}>
      <legend className="field-label">{label}</legend>
      <div className="simulator-choices">
        {options.map((option) => (
          <label key={option}>
            <input
              type="radio"
              name={name}
              value={option}
              checked={chosen === option}
              onChange={() => onChoose(option)}
            />
            <span>{sayOf(option)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
