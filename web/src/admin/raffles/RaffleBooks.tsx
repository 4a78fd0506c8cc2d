import type { RaffleBooksBody } from "../../../../rpc/http/raffle.ts";
import type { RaffleBody } from "../../../../rpc/raffleBody.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { SalesByHour } from "../../organiser/SalesByHour.tsx";
import { Fact } from "../Fact.tsx";
import { Figure } from "../Figure.tsx";
import { When } from "../When.tsx";
import { hashOf } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";

/** Its money: what came in, where it went, and whether anything is still owed. */
export function RaffleBooks({
  raffle,
  books,
}: {
  readonly raffle: RaffleBody;
  readonly books: RaffleBooksBody | null;
}) {
  const { t } = useAdminText();
  const format = useFormat();
  const isOver = raffle.status === "completed" || raffle.status === "cancelled";
  return (
    <section className="panel raffle-books" aria-labelledby="raffle-books">
      <div className="panel-head">
        <h2 id="raffle-books">{t("raffle.books")}</h2>
        {books !== null && isOver && (
          <span
            className={`tag ${books.settled ? "is-good" : "is-note"}`}
            data-settled={books.settled}
          >
            {t(books.settled ? "raffle.settled" : "raffle.settling")}
          </span>
        )}
      </div>
      {books === null ? (
        <p className="empty">{t("raffle.noBooks")}</p>
      ) : (
        <>
          <dl className="facts">
            <Fact name={t("raffle.sales")} id="sales">
              <Figure value={books.sales} format={format.number} />
            </Fact>
            <Fact name={t("raffles.gross")} id="gross">
              <Figure value={books.gross} format={format.money} />
            </Fact>
            <Fact name={t("raffle.feeTaken")} id="fee">
              <Figure value={books.fee} format={format.money} />
            </Fact>
            <Fact name={t("raffle.payout")} id="payout">
              <Figure value={books.payout} format={format.money} />
            </Fact>
            <Fact name={t("raffle.returned")} id="returned">
              <Figure value={books.returned} format={format.money} />
            </Fact>
          </dl>
          {books.unanswered.length > 0 && <Unanswered books={books} />}
          <SalesByHour rows={books.sold_by_hour} />
        </>
      )}
    </section>
  );
}

/** Of a cancelled raffle: those whose refund cannot begin, and what they said. */
function Unanswered({ books }: { readonly books: RaffleBooksBody }) {
  const { t } = useAdminText();
  return (
    <div className="notice is-bad raffle-unanswered">
      <p>{t("raffle.unanswered", { count: books.unanswered.length })}</p>
      <ul>
        {books.unanswered.map(({ reservation_id: entityId, since, why }) => (
          <li key={entityId}>
            <a
              className="mono"
              href={hashOf({ page: "entity", kind: "reservation", entityId, version: null })}
            >
              {entityId}
            </a>{" "}
            {t("raffle.unansweredSince")} <When at={since} />
            <span className="cell-note">{why}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
