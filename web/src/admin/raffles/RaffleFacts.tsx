import type { RaffleBody } from "../../../../rpc/raffleBody.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { Fact } from "../Fact.tsx";
import { Figure } from "../Figure.tsx";
import { hashOf } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { SoldBar } from "./SoldBar.tsx";

const PER_MILLE = 1_000;

/** What a raffle is about, and where it stands. */
export function RaffleFacts({
  raffle,
  watchers,
}: {
  readonly raffle: RaffleBody;
  readonly watchers: number | null;
}) {
  const { t } = useAdminText();
  const format = useFormat();
  const when = (at: string | null) =>
    at === null ? t("unknownFigure") : <time dateTime={at}>{format.dateTime(at)}</time>;
  return (
    <section className="panel raffle-facts" aria-labelledby="raffle-facts">
      <h2 id="raffle-facts">{t("raffle.facts")}</h2>
      {raffle.description !== "" && <p className="raffle-description">{raffle.description}</p>}
      <div className="raffle-sale" data-fact="sold">
        <SoldBar raffle={raffle} />
      </div>
      <dl className="facts">
        <Fact name={t("raffle.soldCount")} id="sold-count">
          <Figure value={raffle.sold_count} format={format.number} />
        </Fact>
        <Fact name={t("raffle.reservedCount")} id="reserved-count">
          <Figure value={raffle.reserved_count} format={format.number} />
        </Fact>
        <Fact name={t("raffle.availableCount")}>
          <Figure value={raffle.available_count} format={format.number} />
        </Fact>
        <Fact name={t("raffles.watchers")} id="watchers">
          <Figure value={watchers} format={format.number} />
        </Fact>
        <Fact name={t("raffle.price")}>{format.money(raffle.ticket_price)}</Fact>
        <Fact name={t("raffle.fee")}>{format.percent(raffle.fee_per_mille / PER_MILLE)}</Fact>
        <Fact name={t("raffle.minSold")}>{format.percent(raffle.min_sold_percent / 100, 0)}</Fact>
        <Fact name={t("raffle.times")}>
          {t("raffle.timesOf", {
            selection: format.number(raffle.selection_seconds),
            checkout: format.number(raffle.checkout_seconds),
          })}
        </Fact>
        <Fact name={t("raffles.drawAt")} isWide>
          {when(raffle.draw_at)}
        </Fact>
        <Fact name={t("raffle.organiser")} isWide>
          {raffle.organiser_id === null ? (
            t("raffle.house")
          ) : (
            <a className="mono" href={hashOf({ page: "player", playerId: raffle.organiser_id })}>
              {raffle.organiser_id}
            </a>
          )}
        </Fact>
        <Fact name={t("raffle.published")}>{when(raffle.published_at)}</Fact>
        <Fact name={t("raffle.closed")}>{when(raffle.closed_at)}</Fact>
        <Fact name={t("raffle.ended")}>{when(raffle.ended_at)}</Fact>
        <Fact name={t("raffle.beacon")} isWide>
          {raffle.beacon === null ? (
            t("raffle.noBeacon")
          ) : (
            <span className="mono">{raffle.beacon.chain_hash}</span>
          )}
        </Fact>
        <Fact name={t("raffle.commitment")} isWide>
          <span className="mono">{raffle.commitment ?? t("raffle.notCommitted")}</span>
        </Fact>
      </dl>
      <h3>{t("raffle.prizes")}</h3>
      <ol className="raffle-prize-list">
        {raffle.prizes.map(({ description, name }, index) => (
          // Prizes may have the same name, and they never change places.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            {name}
            {description !== undefined && <span className="muted"> {description}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
