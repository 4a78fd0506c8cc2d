import { useTranslation } from "react-i18next";
import type { HandBody } from "../../../sdk/src/index.ts";
import { useAmount } from "../hands/useAmount.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { CopyButton } from "../proof/CopyButton.tsx";

/** What the site wrote down about the hand. */
export function Facts({ hand }: { readonly hand: HandBody }) {
  const { t } = useTranslation(["hand", "hands"]);
  const { dateTime, money } = useFormat();
  const { amount } = useAmount(hand.currency);
  const { blinds, fast_fold: pool, tournament } = hand;
  const facts: readonly (readonly [string, string] | null)[] = [
    [t("facts.played"), dateTime(hand.timestamp)],
    [t("facts.table"), `${hand.table} · ${t("facts.seats", { count: hand.max_seats })}`],
    [
      t("facts.stakes"),
      [
        `${amount(blinds.small_blind)} / ${amount(blinds.big_blind)}`,
        ...(blinds.ante > 0 ? [t("facts.ante", { amount: amount(blinds.ante) })] : []),
      ].join(" · "),
    ],
    [
      t("facts.format"),
      `${t(`hands:format.${hand.format}`)} · ${t(`hands:currency.${hand.currency}`)}`,
    ],
    pool === null ? null : [t("facts.pool"), `${pool.brand} · ${pool.pool}`],
    tournament === null
      ? null
      : [
          t("facts.tournament"),
          [
            tournament.name,
            ...(tournament.id === null ? [] : [`#${tournament.id}`]),
            ...(tournament.level === null ? [] : [t("facts.level", { level: tournament.level })]),
          ].join(" · "),
        ],
    tournament === null
      ? null
      : [
          t("facts.buyIn"),
          tournament.buy_in.ticket
            ? t("facts.ticket")
            : [tournament.buy_in.prize, tournament.buy_in.bounty, tournament.buy_in.fee]
                .filter((part) => part > 0)
                .map((part) => t("hands:euro", { amount: money(part) }))
                .join(" + "),
        ],
    [t("facts.site"), hand.site],
  ];
  return (
    <section className="panel hand-facts" aria-labelledby="hand-facts">
      <h2 id="hand-facts">{t("facts.title")}</h2>
      <dl>
        <div>
          <dt>{t("facts.id")}</dt>
          <dd className="hand-id">
            <code>{hand.hand_id}</code>
            <CopyButton text={hand.hand_id} what={t("facts.id")} />
          </dd>
        </div>
        {facts.map((fact) =>
          fact === null ? null : (
            <div key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}
