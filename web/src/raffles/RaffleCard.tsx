import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { RaffleBody, WinnerBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { countdown } from "../lobbies/lobbyView.ts";
import { useNow } from "../lobbies/useNow.ts";
import { DrawTime } from "../raffle/DrawTime.tsx";
import { numberText } from "../raffle/grid/layout.ts";
import { SoldBar } from "../raffle/SoldBar.tsx";
import { StatusTag } from "../raffle/StatusTag.tsx";
import { urgencyOf } from "../raffle/urgency.ts";
import type { OwnShare } from "./rafflesView.ts";

/** More do not fit a card. */
const SHOWN_WINNERS = 4;

/** A raffle in the list: what there is to win, for how much, how full it is and how long it takes. */
export function RaffleCard({
  raffle,
  own,
  winners,
  isOld,
}: {
  readonly raffle: RaffleBody;
  /** What the player has in it; undefined for nothing. */
  readonly own: OwnShare | undefined;
  readonly winners: readonly WinnerBody[] | undefined;
  /** It is not as of now, so nothing counts down. */
  readonly isOld: boolean;
}) {
  const { t } = useTranslation("raffles");
  const { date, dateTime, money } = useFormat();
  const { ended_at: endedAt, id, prizes, status, title, total_numbers: total } = raffle;
  const [first] = prizes;
  const isEnded = status === "completed" || status === "cancelled";
  const titleId = `raffle-${id}`;
  return (
    <li className="panel raffle-card" data-raffle={id} aria-labelledby={titleId}>
      <div className="raffle-card-head">
        <h2 id={titleId}>
          <Link href={paths.raffle(id)}>{title}</Link>
        </h2>
        <StatusTag status={status} />
      </div>
      <div className="raffle-card-prize">
        <TicketSign />
        <p>
          <span className="muted">{t("card.firstPrize")}</span>
          <strong>{first?.name}</strong>
          {prizes.length > 1 && (
            <span className="muted">{t("card.more", { count: prizes.length - 1 })}</span>
          )}
        </p>
      </div>
      <SoldBar raffle={raffle} />
      <dl className="raffle-card-facts">
        <div>
          <dt>{t("card.price")}</dt>
          <dd className="figure">{money(raffle.ticket_price)}</dd>
        </div>
        <div>
          <dt>{t(status === "completed" ? "card.drawn" : isEnded ? "card.ended" : "card.draw")}</dt>
          <dd>
            {isEnded ? (
              <time dateTime={endedAt ?? raffle.draw_at}>{date(endedAt ?? raffle.draw_at)}</time>
            ) : isOld ? (
              dateTime(raffle.draw_at)
            ) : (
              <DrawTime raffle={raffle} />
            )}
          </dd>
        </div>
      </dl>
      {winners !== undefined && winners.length > 0 && (
        <div className="raffle-card-winners">
          <p className="muted">{t("card.winners")}</p>
          <ul>
            {winners.slice(0, SHOWN_WINNERS).map(({ number, prize }) => (
              <li key={prize} className="figure">
                {numberText(number, total)}
              </li>
            ))}
            {winners.length > SHOWN_WINNERS && <li aria-hidden="true">…</li>}
          </ul>
        </div>
      )}
      {own !== undefined && (
        <p className="raffle-card-own">
          {t("card.mine", { count: own.count })}
          {own.keptUntilMs !== null && !isOld && <Kept untilMs={own.keptUntilMs} />}
        </p>
      )}
      <Link
        href={status === "completed" ? paths.draw(id) : paths.raffle(id)}
        className={status === "active" ? "button is-main" : "button"}
        aria-describedby={titleId}
      >
        {t(status === "active" ? "card.pick" : status === "completed" ? "card.draws" : "card.look")}
      </Link>
    </li>
  );
}

function Kept({ untilMs }: { readonly untilMs: number }) {
  const { t } = useTranslation("raffles");
  const leftMs = Math.max(0, untilMs - useNow());
  if (leftMs === 0) return null;
  return (
    <span className="figure raffle-card-kept" data-urgency={urgencyOf(leftMs)}>
      {t("card.kept", { time: countdown(leftMs) })}
    </span>
  );
}

function TicketSign() {
  return (
    <svg
      className="raffle-card-sign"
      viewBox="0 0 48 32"
      width="48"
      height="32"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M3 3h42v8a5 5 0 0 0 0 10v8H3v-8a5 5 0 0 0 0-10z" />
      <path d="M32 7v3M32 14.5v3M32 22v3" strokeLinecap="round" />
      <path
        d="M18 9l2.1 4.3 4.7.7-3.400 3.300.8 4.700-4.200-2.200-4.200 2.200.8-4.700-3.400-3.300 4.700-.7z"
        fill="currentColor"
        stroke="none"
      />
    </svg>
  );
}
