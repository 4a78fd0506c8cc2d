import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { SessionsBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { useCroupier } from "../app/useSeat.ts";
import { useAmounts } from "../hands/useAmount.ts";
import { useRead } from "../http/useRead.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { Failed } from "../shell/Failed.tsx";

const PER_PAGE = 20;
const MINUTES_PER_HOUR = 60;

type Session = SessionsBody["sessions"][number];

/** What a player did each time of sitting down. */
export function Sessions({ name }: { readonly name: string }) {
  const { t } = useTranslation("handPlayers");
  const croupier = useCroupier();
  const read = useCallback(
    (before?: string) =>
      croupier.get("/api/v1/stats/player/{name}/sessions", {
        path: { name },
        query: { limit: PER_PAGE, before },
      }),
    [croupier, name],
  );
  const { again, reading } = useRead(useMemo(() => () => read(), [read]));
  const [older, setOlder] = useState<{
    readonly sessions: readonly Session[];
    readonly nextBefore: string | null;
  } | null>(null);
  if (reading.kind === "loading")
    return (
      <div className="panel hand-player-wait" role="status" aria-busy="true">
        {t("reading")}
      </div>
    );
  if (reading.kind === "failed")
    return <Failed title={t("sessions.failed")} code={reading.problem.code} onAgain={again} />;
  const sessions = [...reading.body.sessions, ...(older?.sessions ?? [])];
  const nextBefore = older === null ? reading.body.next_before : older.nextBefore;
  const readOlder = async () => {
    if (nextBefore === null) return;
    const answer = await read(nextBefore);
    if (!answer.ok) return;
    setOlder({
      sessions: [...(older?.sessions ?? []), ...answer.body.sessions],
      nextBefore: answer.body.next_before,
    });
  };
  return (
    <section className="hand-player-sessions" aria-label={t("page.tab.sessions")}>
      <p className="muted">{t("sessions.lead")}</p>
      {sessions.length === 0 ? (
        <p className="empty">{t("sessions.none")}</p>
      ) : (
        <ol>
          {sessions.map((session) => (
            <SessionCard key={`${session.from} ${session.currency}`} session={session} />
          ))}
        </ol>
      )}
      {nextBefore !== null && (
        <p className="hand-player-older">
          <button type="button" className="button" onClick={() => void readOlder()}>
            {t("sessions.older")}
          </button>
        </p>
      )}
    </section>
  );
}

function SessionCard({ session }: { readonly session: Session }) {
  const { t } = useTranslation(["handPlayers", "hands"]);
  const { date, number, percent, time } = useFormat();
  const { signed } = useAmounts()(session.currency);
  const { bb_per_100: per100, hands, minutes, net, pfr, tables, vpip } = session;
  const rate = (share: number | null) => (share === null ? "–" : percent(share, 0));
  const hand = (label: string, { hand_id: id, net }: Session["best_hand"]) => (
    <div>
      <dt>{label}</dt>
      <dd>
        <Link href={paths.hand(id)} className="figure">
          {signed(net)}
        </Link>
      </dd>
    </div>
  );
  return (
    <li className="panel hand-session" data-session={session.from} data-net={net}>
      <div className="hand-session-head">
        <h3>
          <time dateTime={session.from}>{date(session.from)}</time>
          <span className="muted figure">
            {time(session.from)} – {time(session.to)}
          </span>
        </h3>
        <span className="tag">{t(`hands:currency.${session.currency}`)}</span>
        <p className="figure hand-session-net" data-sign={Math.sign(net)}>
          {signed(net)}
        </p>
      </div>
      <dl>
        <div>
          <dt>{t("sessions.length")}</dt>
          <dd className="figure">
            {minutes < MINUTES_PER_HOUR
              ? t("sessions.minutes", { minutes })
              : t("sessions.hours", {
                  hours: Math.floor(minutes / MINUTES_PER_HOUR),
                  minutes: minutes % MINUTES_PER_HOUR,
                })}
          </dd>
        </div>
        <div>
          <dt>{t("sessions.hands")}</dt>
          <dd className="figure">{number(hands)}</dd>
        </div>
        <div>
          <dt>{t("sessions.tables")}</dt>
          <dd className="figure">{number(tables)}</dd>
        </div>
        <div>
          <dt>{t("sessions.evNet")}</dt>
          <dd className="figure">{signed(session.ev_net)}</dd>
        </div>
        <div>
          <dt>{t("sessions.per100")}</dt>
          <dd className="figure">{per100 === null ? "–" : number(per100, 1)}</dd>
        </div>
        <div>
          <dt>{t("sessions.vpipPfr")}</dt>
          <dd className="figure">
            {rate(vpip.share)} / {rate(pfr.share)}
          </dd>
        </div>
        {hand(t("sessions.best"), session.best_hand)}
        {hand(t("sessions.worst"), session.worst_hand)}
      </dl>
    </li>
  );
}
