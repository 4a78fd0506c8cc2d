import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useCroupier } from "../app/useSeat.ts";
import { useAmount } from "../hands/useAmount.ts";
import { useRead } from "../http/useRead.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { Failed } from "../shell/Failed.tsx";

/** The server's greatest page. */
const SHOWN = 100;

/** How a player's tournaments ended. */
export function Tournaments({ name }: { readonly name: string }) {
  const { t } = useTranslation("handPlayers");
  const { dateTime, number } = useFormat();
  const { amount, signed } = useAmount("EUR");
  const croupier = useCroupier();
  const { again, reading } = useRead(
    useMemo(
      () => () =>
        croupier.get("/api/v1/stats/player/{name}/tournaments", {
          path: { name },
          query: { limit: SHOWN },
        }),
      [croupier, name],
    ),
  );
  if (reading.kind === "loading")
    return (
      <div className="panel hand-player-wait" role="status" aria-busy="true">
        {t("reading")}
      </div>
    );
  if (reading.kind === "failed")
    return <Failed title={t("tournaments.failed")} code={reading.problem.code} onAgain={again} />;
  const { tournaments } = reading.body;
  if (tournaments.length === 0) return <p className="empty">{t("tournaments.none")}</p>;
  const buyIns = tournaments.reduce((sum, one) => sum + one.buy_in, 0);
  const wonInAll = tournaments.reduce((sum, { won }) => sum + won, 0);
  return (
    <section className="panel hand-player-tournaments" aria-label={t("page.tab.tournaments")}>
      <p className="muted">
        {t("tournaments.lead")}{" "}
        {t("tournaments.sum", {
          count: tournaments.length,
          buyIns: amount(buyIns),
          won: amount(wonInAll),
          net: signed(wonInAll - buyIns),
        })}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so keyboards must reach it */}
      <div
        className="parts-scroll"
        role="region"
        aria-label={t("page.tab.tournaments")}
        tabIndex={0}
      >
        <table className="parts">
          <thead>
            <tr>
              <th scope="col">{t("tournaments.name")}</th>
              <th scope="col">{t("tournaments.when")}</th>
              <th scope="col">{t("tournaments.buyIn")}</th>
              <th scope="col">{t("tournaments.place")}</th>
              <th scope="col">{t("tournaments.won")}</th>
              <th scope="col">{t("tournaments.net")}</th>
            </tr>
          </thead>
          <tbody>
            {tournaments.map((one) => (
              <tr key={one.tournament_id} data-tournament={one.tournament_id}>
                <th scope="row">
                  {one.name}{" "}
                  {one.multiplier !== null && (
                    <span className="tag is-note">
                      {t("tournaments.multiplier", { multiplier: number(one.multiplier) })}
                    </span>
                  )}
                </th>
                <td className="figure">
                  {one.started_at === null ? "–" : dateTime(one.started_at)}
                </td>
                <td className="figure">{amount(one.buy_in)}</td>
                <td className="figure">
                  {one.place === null
                    ? "–"
                    : one.registered === null
                      ? number(one.place)
                      : t("tournaments.placeOf", {
                          place: number(one.place),
                          registered: number(one.registered),
                        })}
                </td>
                <td className="figure">{amount(one.won)}</td>
                <td className="figure" data-sign={Math.sign(one.won - one.buy_in)}>
                  {signed(one.won - one.buy_in)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
