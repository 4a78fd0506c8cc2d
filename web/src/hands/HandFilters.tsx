import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { FORMATS, GAMES } from "./handsView.ts";
import type { HandFilter } from "./handsView.ts";

/** While a name is typed the server is not asked for each letter. */
const TYPED_MS = 350;

export function HandFilters({
  filter,
  stakes,
  onFilter,
}: {
  readonly filter: HandFilter;
  /** To choose from. */
  readonly stakes: readonly string[];
  readonly onFilter: (filter: HandFilter) => void;
}) {
  const { t } = useTranslation("hands");
  const isAny = Object.values(filter).some((value) => value !== null && value !== "");
  return (
    <form
      className="hands-filter"
      role="search"
      aria-label={t("filter.label")}
      onSubmit={(event) => event.preventDefault()}
    >
      <PlayerField
        key={filter.player}
        player={filter.player}
        onPlayer={(player) => onFilter({ ...filter, player })}
      />
      <label>
        <span className="field-label">{t("filter.game")}</span>
        <select
          className="input"
          name="game"
          value={filter.game ?? ""}
          onChange={({ target }) =>
            onFilter({ ...filter, game: GAMES.find((game) => game === target.value) ?? null })
          }
        >
          <option value="">{t("filter.all")}</option>
          {GAMES.map((game) => (
            <option key={game} value={game}>
              {t(`game.${game}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="field-label">{t("filter.format")}</span>
        <select
          className="input"
          name="format"
          value={filter.format ?? ""}
          onChange={({ target }) =>
            onFilter({
              ...filter,
              format: FORMATS.find((format) => format === target.value) ?? null,
            })
          }
        >
          <option value="">{t("filter.all")}</option>
          {FORMATS.map((format) => (
            <option key={format} value={format}>
              {t(`format.${format}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="field-label">{t("filter.stakes")}</span>
        <select
          className="input"
          name="stakes"
          value={filter.stakes ?? ""}
          onChange={({ target }) =>
            onFilter({ ...filter, stakes: target.value === "" ? null : target.value })
          }
        >
          <option value="">{t("filter.all")}</option>
          {stakes.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="button is-quiet is-small"
        disabled={!isAny}
        onClick={() => onFilter({ player: "", game: null, format: null, stakes: null })}
      >
        {t("filter.clear")}
      </button>
    </form>
  );
}

/** What is typed counts when the typing rests. */
function PlayerField({
  player,
  onPlayer,
}: {
  readonly player: string;
  readonly onPlayer: (player: string) => void;
}) {
  const { t } = useTranslation("hands");
  const [typed, setTyped] = useState(player);
  const wanted = typed.trim();
  useEffect(() => {
    if (wanted === player) return undefined;
    const timer = setTimeout(() => onPlayer(wanted), TYPED_MS);
    return () => clearTimeout(timer);
  }, [wanted, player, onPlayer]);
  return (
    <label>
      <span className="field-label">{t("filter.player")}</span>
      <input
        className="input"
        type="search"
        name="player"
        autoComplete="off"
        spellCheck={false}
        placeholder={t("filter.playerHint")}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
    </label>
  );
}
