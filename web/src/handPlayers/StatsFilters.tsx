import { useTranslation } from "react-i18next";
import type { PlayerStatsBody } from "../../../sdk/src/index.ts";
import { GAMES } from "../hands/handsView.ts";
import { isFiltered, NO_FILTER, POSITIONS } from "./statsView.ts";
import type { StatsFilter } from "./statsView.ts";

/** What there is to choose from is what the player has played. */
export function StatsFilters({
  all,
  filter,
  onFilter,
}: {
  /** Without any filter. */
  readonly all: PlayerStatsBody;
  readonly filter: StatsFilter;
  readonly onFilter: (filter: StatsFilter) => void;
}) {
  const { t } = useTranslation(["handPlayers", "hands"]);
  const keys = (parts: PlayerStatsBody["by_game"]) => parts.map(({ key }) => key);
  const games = GAMES.filter((game) => keys(all.by_game).includes(game));
  const positions = POSITIONS.filter((position) => keys(all.by_position).includes(position));
  const select = (
    name: "game" | "stakes" | "position" | "players",
    options: readonly (readonly [value: string, label: string])[],
    onValue: (value: string | null) => StatsFilter,
  ) => (
    <label>
      <span className="field-label">{t(`filter.${name}`)}</span>
      <select
        className="input"
        name={name}
        value={filter[name] ?? ""}
        onChange={({ target }) => onFilter(onValue(target.value === "" ? null : target.value))}
      >
        <option value="">{t("filter.all")}</option>
        {options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
  const day = (name: "from" | "to") => (
    <label>
      <span className="field-label">{t(`filter.${name}`)}</span>
      <input
        className="input"
        type="date"
        name={name}
        value={filter[name] ?? ""}
        min={name === "to" ? (filter.from ?? undefined) : undefined}
        max={name === "from" ? (filter.to ?? undefined) : undefined}
        onChange={({ target }) =>
          onFilter({ ...filter, [name]: target.value === "" ? null : target.value })
        }
      />
    </label>
  );
  return (
    <form
      className="stats-filter"
      aria-label={t("filter.label")}
      onSubmit={(event) => event.preventDefault()}
    >
      {select(
        "game",
        games.map((game) => [game, t(`hands:game.${game}`)]),
        (value) => ({ ...filter, game: games.find((game) => game === value) ?? null }),
      )}
      {select(
        "stakes",
        keys(all.by_stakes).map((key) => [key, key]),
        (stakes) => ({ ...filter, stakes }),
      )}
      {select(
        "position",
        positions.map((position) => [position, t(`hands:position.${position}`)]),
        (value) => ({
          ...filter,
          position: positions.find((position) => position === value) ?? null,
        }),
      )}
      {select(
        "players",
        keys(all.by_players).map((key) => [key, key]),
        (value) => ({ ...filter, players: value === null ? null : Number(value) }),
      )}
      {day("from")}
      {day("to")}
      <button
        type="button"
        className="button is-quiet is-small"
        disabled={!isFiltered(filter)}
        onClick={() => onFilter(NO_FILTER)}
      >
        {t("filter.clear")}
      </button>
    </form>
  );
}
