import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { HandBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { Cards } from "../cards/PlayingCard.tsx";
import { GAMES, queryOf } from "../equity/table.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { streetSpots } from "./equitySpots.ts";
import type { EquitySpot } from "./equitySpots.ts";
import { hasBoard } from "./replay.ts";
import type { Equities } from "./useEquities.ts";

/** How the equity ran from street to street, with the street that is looked at marked. */
export function EquityPanel({
  hand,
  spots,
  equities,
  current,
}: {
  readonly hand: HandBody;
  readonly spots: readonly (EquitySpot | null)[];
  readonly equities: Equities;
  readonly current: EquitySpot | null;
}) {
  const { t } = useTranslation("hand");
  const { percent } = useFormat();
  const streets = streetSpots(spots);
  const players = [...new Set(streets.flatMap((spot) => spot.players))];
  const asked = current ?? streets.at(-1);
  const unknown = Math.max(0, ...streets.map((spot) => spot.unknown));
  return (
    <section
      className="panel hand-equity"
      aria-labelledby="hand-equity"
      data-equities={equities.kind}
    >
      <h2 id="hand-equity">{t("equity.title")}</h2>
      {equities.kind === "none" ? (
        <p className="muted">{t(hasBoard(hand.game_type) ? "equity.none" : "equity.noBoard")}</p>
      ) : equities.kind === "failed" ? (
        <p className="notice is-bad">{t("equity.failed")}</p>
      ) : (
        <>
          <p className="muted">{t("equity.lead")}</p>
          <div
            className="hand-equity-scroll"
            role="region"
            aria-labelledby="hand-equity"
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so keyboards must reach it
            tabIndex={0}
          >
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("equity.player")}</th>
                  {streets.map(({ street }) => (
                    <th key={street} scope="col" data-now={street === current?.street}>
                      {t(`street.${street}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {players.map((player) => (
                  <tr key={player}>
                    <th scope="row">
                      <span>{player}</span>
                      <Cards cards={handOf(streets, player)} />
                    </th>
                    {streets.map((spot) => {
                      const share = equities.of.get(spot)?.[spot.players.indexOf(player)];
                      return (
                        <td
                          key={spot.street}
                          className="figure"
                          data-now={spot.street === current?.street}
                        >
                          {share === undefined ? (
                            <span className="muted">
                              {equities.kind === "loading" && spot.players.includes(player)
                                ? "…"
                                : "–"}
                            </span>
                          ) : (
                            <>
                              {percent(share)}
                              <span className="hand-equity-bar" aria-hidden="true">
                                <span style={{ inlineSize: `${share * 100}%` }} />
                              </span>
                            </>
                          )}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="hand-equity-note muted">
            {t(hand.game_type === "holdem" ? "equity.exact" : "equity.sampled")} {t("equity.known")}{" "}
            {unknown > 0 && t("equity.unknown", { count: unknown })}
          </p>
          <Calculator spot={asked} />
        </>
      )}
    </section>
  );
}

/** A way to the calculator with these hands, this board and these dead cards, to try what else there could have been. */
function Calculator({ spot }: { readonly spot: EquitySpot | undefined }) {
  const { t } = useTranslation("hand");
  const game = GAMES.find((game) => game === spot?.game);
  if (spot === undefined || game === undefined) return null;
  const { board, dead, hands } = spot;
  const query = queryOf({
    game,
    players: hands.map((hand) => hand.join("")),
    board: board.join(""),
    dead: dead.join(""),
  });
  return (
    <Link className="button is-small" href={paths.equity + query}>
      {t("equity.calculator")}
    </Link>
  );
}

const handOf = (streets: readonly EquitySpot[], player: string): readonly string[] =>
  streets
    .map(({ hands, players }) => hands[players.indexOf(player)])
    .find((hand) => hand !== undefined) ?? [];
