import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlayerStatsBody } from "../../../sdk/src/index.ts";
import { GAMES } from "../hands/handsView.ts";
import { PartsTable } from "./PartsTable.tsx";
import { POSITIONS } from "./statsView.ts";

const WAYS = ["by_game", "by_stakes", "by_players"] as const;

/** How a player does from each position, and in each game, at each stakes, against so many. */
export function Breakdown({ stats }: { readonly stats: PlayerStatsBody }) {
  const { t } = useTranslation(["handPlayers", "hands"]);
  const [way, setWay] = useState<(typeof WAYS)[number]>("by_game");
  const positionText = (key: string) => {
    const position = POSITIONS.find((position) => position === key);
    return position === undefined ? key : t(`hands:position.${position}`);
  };
  const labelOf = (key: string) => {
    const game = GAMES.find((game) => game === key);
    if (way === "by_game" && game !== undefined) return t(`hands:game.${game}`);
    return way === "by_players" ? t("hands:players", { count: Number(key) }) : key;
  };
  return (
    <>
      <section className="panel" aria-labelledby="hand-player-positions">
        <div className="panel-head">
          <h2 id="hand-player-positions">{t("parts.position")}</h2>
        </div>
        {stats.by_position.length === 0 ? (
          <p className="empty">{t("parts.noPosition")}</p>
        ) : (
          <PartsTable
            parts={stats.by_position}
            heading={t("filter.position")}
            labelOf={positionText}
            caption={t("parts.position")}
          />
        )}
      </section>
      <section className="panel" aria-labelledby="hand-player-parts">
        <div className="panel-head">
          <h2 id="hand-player-parts">{t("parts.more")}</h2>
          <fieldset className="parts-ways">
            <legend className="unseen">{t("parts.by")}</legend>
            {WAYS.map((one) => (
              <label key={one} data-chosen={one === way}>
                <input
                  type="radio"
                  name="parts-way"
                  className="unseen"
                  checked={one === way}
                  onChange={() => setWay(one)}
                />
                <span>{t(`parts.${one}`)}</span>
              </label>
            ))}
          </fieldset>
        </div>
        <PartsTable
          parts={stats[way]}
          heading={t(`parts.${way}`)}
          labelOf={labelOf}
          caption={t("parts.more")}
        />
      </section>
    </>
  );
}
