import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  ANSWERS,
  FORMATS,
  GAMES,
  isAnyone,
  minorIn,
  NO_FILTER,
  POSITIONS,
  RESULTS,
  unitOf,
} from "./handsView.ts";
import type { HandFilter } from "./handsView.ts";

/** While something is typed the server is not asked for each letter. */
const TYPED_MS = 350;

interface Filters {
  readonly filter: HandFilter;
  readonly onFilter: (filter: HandFilter) => void;
}

/** What the list is sifted by: the usual in one row, the rest behind a fold that is open while any of it is in use. */
export function HandFilters({
  filter,
  stakes,
  onFilter,
}: Filters & {
  /** To choose from. */
  readonly stakes: readonly string[];
}) {
  const { t } = useTranslation("hands");
  return (
    <form
      className="hands-filter"
      role="search"
      aria-label={t("filter.label")}
      onSubmit={(event) => event.preventDefault()}
    >
      <div className="hands-filter-row">
        <Typed
          name="player"
          type="search"
          label={t("filter.player")}
          hint={t("filter.playerHint")}
          value={filter.player}
          read={(typed) => typed.trim()}
          onValue={(player) => onFilter({ ...filter, player, site: null })}
        />
        <Choice
          name="game"
          label={t("filter.game")}
          value={filter.game}
          options={GAMES.map((game) => [game, t(`game.${game}`)])}
          onValue={(game) => onFilter({ ...filter, game })}
        />
        <Choice
          name="format"
          label={t("filter.format")}
          value={filter.format}
          options={FORMATS.map((format) => [format, t(`format.${format}`)])}
          onValue={(format) => onFilter({ ...filter, format })}
        />
        <Choice
          name="stakes"
          label={t("filter.stakes")}
          value={filter.stakes}
          options={stakes.map((one) => [one, one])}
          onValue={(stakes) => onFilter({ ...filter, stakes })}
        />
        <button
          type="button"
          className="button is-quiet is-small"
          disabled={isAnyone(filter)}
          onClick={() => onFilter(NO_FILTER)}
        >
          {t("filter.clear")}
        </button>
      </div>
      <More filter={filter} onFilter={onFilter} />
    </form>
  );
}

function More({ filter, onFilter }: Filters) {
  const { t } = useTranslation("hands");
  const { from, minPot, position, result, showdown, to } = filter;
  const inUse = [from, to, minPot, position, result, showdown].filter((one) => one !== null).length;
  const [isOpen, setIsOpen] = useState(inUse > 0);
  const unit = unitOf(filter);
  const whose = filter.player === "" ? "hero" : "player";
  const day = (name: "from" | "to") => (
    <label>
      <span className="field-label">{t(`filter.${name}`)}</span>
      <input
        className="input"
        type="date"
        name={name}
        value={filter[name] ?? ""}
        min={name === "to" ? (from ?? undefined) : undefined}
        max={name === "from" ? (to ?? undefined) : undefined}
        onChange={({ target }) =>
          onFilter({ ...filter, [name]: target.value === "" ? null : target.value })
        }
      />
    </label>
  );
  return (
    <details
      className="hands-filter-more"
      open={isOpen}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary>
        {t("filter.more")}
        {inUse > 0 && <span className="tag is-note">{t("filter.inUse", { count: inUse })}</span>}
      </summary>
      <div className="hands-filter-row is-more">
        {day("from")}
        {day("to")}
        <Typed
          key={unit}
          name="min_pot"
          type="text"
          inputMode="decimal"
          label={t("filter.minPot")}
          hint={unit === 1 ? "5000" : "2.50"}
          value={minPot === null ? "" : String(minPot)}
          read={(typed) => minorIn(typed, unit)}
          write={(minor) => (minor === "" ? "" : String(Number(minor) / unit))}
          onValue={(minor) => onFilter({ ...filter, minPot: minor === "" ? null : Number(minor) })}
        />
        <Choice
          name="result"
          label={t(`filter.result.${whose}`)}
          value={result}
          options={RESULTS.map((one) => [one, t(`filter.${one}`)])}
          onValue={(result) => onFilter({ ...filter, result })}
        />
        <Choice
          name="position"
          label={t(`filter.position.${whose}`)}
          value={position}
          options={POSITIONS.map((one) => [one, t(`position.${one}`)])}
          onValue={(position) => onFilter({ ...filter, position })}
        />
        <Choice
          name="showdown"
          label={t("filter.showdown")}
          value={showdown}
          options={ANSWERS.map((one) => [one, t(`filter.${one}`)])}
          onValue={(showdown) => onFilter({ ...filter, showdown })}
        />
      </div>
    </details>
  );
}

/** One of some; null is any of them. */
function Choice<Value extends string>({
  label,
  name,
  options,
  value,
  onValue,
}: {
  readonly label: string;
  readonly name: string;
  readonly options: readonly (readonly [Value, string])[];
  readonly value: Value | null;
  readonly onValue: (value: Value | null) => void;
}) {
  const { t } = useTranslation("hands");
  return (
    <label>
      <span className="field-label">{label}</span>
      <select
        className="input"
        name={name}
        value={value ?? ""}
        onChange={({ target }) =>
          onValue(options.find(([one]) => one === target.value)?.[0] ?? null)
        }
      >
        <option value="">{t("filter.all")}</option>
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

const asItIs = (value: string): string => value;

/** What is typed counts when the typing rests. */
function Typed({
  hint,
  inputMode,
  label,
  name,
  type,
  value,
  read,
  write = asItIs,
  onValue,
}: {
  readonly hint: string;
  readonly inputMode?: "decimal";
  readonly label: string;
  readonly name: string;
  readonly type: "search" | "text";
  readonly value: string;
  /** What is typed, in the form of `value`. */
  readonly read: (typed: string) => string;
  /** The other way round. */
  readonly write?: (value: string) => string;
  readonly onValue: (value: string) => void;
}) {
  const [field, setField] = useState({ typed: write(value), value });
  // Changed from elsewhere, as by the button that clears all: then it is not as it was typed any more.
  if (field.value !== value)
    setField({ typed: read(field.typed) === value ? field.typed : write(value), value });
  const wanted = read(field.typed);
  // The list above is drawn anew with each hand that comes: that must not put off what was typed.
  const tell = useRef(onValue);
  useEffect(() => {
    tell.current = onValue;
  });
  useEffect(() => {
    if (wanted === value) return undefined;
    const timer = setTimeout(() => tell.current(wanted), TYPED_MS);
    return () => clearTimeout(timer);
  }, [wanted, value]);
  return (
    <label>
      <span className="field-label">{label}</span>
      <input
        className="input"
        type={type}
        name={name}
        inputMode={inputMode}
        autoComplete="off"
        spellCheck={false}
        placeholder={hint}
        value={field.typed}
        onChange={({ target }) => setField({ typed: target.value, value })}
      />
    </label>
  );
}
