import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { RaffleBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { useNow } from "../lobbies/useNow.ts";
import { notedRaffle } from "./notedRaffles.ts";
import { clockOf } from "./stage.ts";
import type { Stage } from "./stage.ts";

const PERCENT = 100;
/** Under it the countdown calls for attention. */
const URGENT_MS = 60_000;

/** What is waited for now, and for how long. */
export function Until({
  stage,
  raffle,
}: {
  readonly stage: Exclude<Stage, { readonly kind: "drawn" }>;
  readonly raffle: RaffleBody;
}) {
  const { t } = useTranslation("draw");
  const format = useFormat();
  const isSuspended = raffle.status === "suspended";
  switch (stage.kind) {
    case "sale":
      return (
        <section className="panel until" aria-labelledby="until-title">
          <h2 id="until-title">{t(isSuspended ? "until.suspended" : "until.sale")}</h2>
          <Countdown toMs={stage.drawAtMs} />
          <p className="muted">
            {isSuspended
              ? t("until.suspendedMeans")
              : t("until.saleMeans", { at: format.dateTime(stage.drawAtMs) })}
          </p>
          <Least raffle={raffle} />
          <Noted raffle={raffle} />
        </section>
      );
    case "closed":
      return (
        <section className="panel until" aria-labelledby="until-title">
          <h2 id="until-title">{t("until.closed")}</h2>
          <Countdown toMs={stage.drawAtMs} />
          <p className="muted">{t("until.closedMeans")}</p>
          <Noted raffle={raffle} />
        </section>
      );
    case "beacon":
      return (
        <section className="panel until" aria-labelledby="until-title">
          <h2 id="until-title">{t("until.beacon", { round: format.number(stage.round) })}</h2>
          <Countdown toMs={stage.publishedAtMs} isUrgent />
          <p className="muted">{t("until.beaconMeans")}</p>
        </section>
      );
    case "due":
    case "drawing":
      return (
        <section className="panel until" aria-labelledby="until-title" aria-busy="true">
          <h2 id="until-title">{t(`until.${stage.kind}`)}</h2>
          <span className="until-pulse" aria-hidden="true" />
          <p className="muted" role="status">
            {t(`until.${stage.kind}Means`)}
          </p>
        </section>
      );
    case "cancelled":
      return (
        <section className="panel until" aria-labelledby="until-title">
          <h2 id="until-title">{t("until.cancelled")}</h2>
          {raffle.reason !== null && <p>{t("until.reason", { reason: raffle.reason })}</p>}
          <p className="muted">{t("until.cancelledMeans")}</p>
          <p>
            <Link href={paths.tickets} className="button">
              {t("until.toTickets")}
            </Link>
          </p>
        </section>
      );
    case "draft":
      return <p className="empty">{t("until.draft")}</p>;
  }
}

function Countdown({
  toMs,
  isUrgent = false,
}: {
  readonly toMs: number;
  readonly isUrgent?: boolean;
}) {
  const { t } = useTranslation("draw");
  const leftMs = Math.max(0, toMs - useNow());
  const { clock, days } = clockOf(leftMs);
  return (
    <p className="until-clock figure" role="timer" data-urgent={isUrgent || leftMs < URGENT_MS}>
      {days > 0 && <span className="until-days">{t("until.days", { count: days })}</span>}
      {clock}
    </p>
  );
}

/** Whether so many are sold that the draw takes place. */
function Least({ raffle }: { readonly raffle: RaffleBody }) {
  const { t } = useTranslation("draw");
  const format = useFormat();
  const { min_sold_percent: least, sold_count: sold, total_numbers: total } = raffle;
  const isEnough = sold > 0 && sold * PERCENT >= least * total;
  return (
    <p className="until-least" data-enough={isEnough}>
      {t("until.sold", { sold: format.number(sold), total: format.number(total) })}{" "}
      {least > 0 &&
        t(isEnough ? "until.enough" : "until.tooFew", {
          share: format.percent(least / PERCENT, 0),
        })}
    </p>
  );
}

/** That this browser remembers what the house has committed to. */
function Noted({ raffle }: { readonly raffle: RaffleBody }) {
  const { t } = useTranslation("draw");
  const noted = notedRaffle(localStorage, raffle.id);
  if (noted === null || raffle.commitment === null) return null;
  return noted.commitment === raffle.commitment ? (
    <p className="notice is-good until-noted">{t("until.noted")}</p>
  ) : (
    <p className="notice is-bad until-noted" role="alert">
      {t("until.otherNoted")}
    </p>
  );
}
