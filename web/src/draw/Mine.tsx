import { useTranslation } from "react-i18next";
import type { DrawBody, RaffleBody } from "../../../sdk/src/index.ts";
import { useSession } from "../app/useSeat.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { numberText } from "../raffle/grid/layout.ts";
import { useOwnTickets } from "./useOwnTickets.ts";

/** As many as are shown without being asked for. */
const MAX_SHOWN = 60;

/** The player's own tickets, and once the winners are known what has become of them. Nothing at the door. */
export function Mine({
  raffle: { id: raffleId, status, total_numbers: total },
  winners,
}: {
  readonly raffle: Pick<RaffleBody, "id" | "status" | "total_numbers">;
  /** Null before they are known, or may be told. */
  readonly winners: DrawBody["winners"] | null;
}) {
  const { t } = useTranslation("draw");
  const format = useFormat();
  const playerId = useSession()?.playerId;
  const own = useOwnTickets(raffleId);
  if (playerId === undefined || own.kind !== "read" || status === "cancelled") return null;
  const tickets = own.body;
  const won = winners?.filter(({ player_id }) => player_id === playerId) ?? [];
  if (tickets.length === 0) {
    return (
      <p className="muted mine-none" data-mine="none">
        {t(status === "completed" ? "mine.noneThen" : "mine.none")}
      </p>
    );
  }
  const isWinner = won.length > 0;
  return (
    <section
      className="panel mine"
      aria-labelledby="mine-title"
      data-mine={winners === null ? "waiting" : isWinner ? "won" : "lost"}
    >
      <h2 id="mine-title">
        {winners === null
          ? t("mine.waiting", { count: tickets.length })
          : isWinner
            ? t("mine.won", { count: won.length })
            : t("mine.lost", { count: tickets.length })}
      </h2>
      {won.map(({ number, prize, prize_name: name }) => (
        <p key={prize} className="mine-prize">
          {t("mine.prize", { number: numberText(number, total), name })}
        </p>
      ))}
      <ul className="mine-numbers" aria-label={t("mine.numbers")}>
        {tickets.slice(0, MAX_SHOWN).map(({ number }) => (
          <li
            key={number}
            className="figure"
            data-won={won.some((winner) => winner.number === number) || undefined}
          >
            {numberText(number, total)}
          </li>
        ))}
        {tickets.length > MAX_SHOWN && (
          <li className="muted">
            {t("mine.more", { formatted: format.number(tickets.length - MAX_SHOWN) })}
          </li>
        )}
      </ul>
    </section>
  );
}
