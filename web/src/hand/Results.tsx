import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { HandBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { Cards } from "../cards/PlayingCard.tsx";
import { useAmount } from "../hands/useAmount.ts";

/** What the hand brought everyone, the winners first. */
export function Results({ hand }: { readonly hand: HandBody }) {
  const { t } = useTranslation(["hand", "hands"]);
  const { amount, signed } = useAmount(hand.currency);
  const rows = hand.results.toSorted((a, b) => b.net - a.net);
  return (
    <section className="panel hand-results" aria-labelledby="hand-results">
      <div className="panel-head">
        <h2 id="hand-results">{t("results.title")}</h2>
        <span className="muted figure">
          {t("results.total", { pot: amount(hand.total_pot), rake: amount(hand.rake) })}{" "}
          {hand.house_money > 0 && t("results.houseMoney", { amount: amount(hand.house_money) })}
        </span>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("results.player")}</th>
            <th scope="col">{t("results.cards")}</th>
            <th scope="col">{t("results.put")}</th>
            <th scope="col">{t("results.won")}</th>
            <th scope="col">{t("results.net")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ net, player, put, won }) => {
            const seat = hand.seats.find((seat) => seat.player === player);
            const shown = hand.showdown.find((shown) => shown.player === player);
            const cards = shown?.cards ?? seat?.cards ?? [];
            const position = seat?.position ?? null;
            return (
              <tr key={player} data-player={player} data-net={net}>
                <th scope="row">
                  <Link href={paths.handPlayer(player)}>{player}</Link>
                  {position !== null && (
                    <abbr className="tag" title={t(`hands:position.${position}`)}>
                      {position}
                    </abbr>
                  )}
                  {player === hand.hero && <span className="tag is-note">{t("results.hero")}</span>}
                </th>
                <td>
                  {cards.length > 0 ? (
                    <>
                      <Cards cards={cards} />
                      {shown !== undefined && shown.high !== null && (
                        <span className="hand-words muted">
                          {shown.low === null
                            ? shown.high
                            : t("hiLo", { high: shown.high, low: shown.low })}
                        </span>
                      )}
                    </>
                  ) : (
                    <span className="muted">{t("results.unknownCards")}</span>
                  )}
                </td>
                <td className="figure">{amount(put)}</td>
                <td className="figure">{amount(won)}</td>
                <td className="figure" data-sign={Math.sign(net)}>
                  {signed(net)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
