/** One recorded player: how he plays, what it brought, when he sat down. Tab and filters stand in the address. */
import "./HandPlayers.css";
import { Tabs } from "@base-ui/react/tabs";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { paths } from "../app/paths.ts";
import { useHashQuery } from "../app/useLocationHash.ts";
import { useCroupier } from "../app/useSeat.ts";
import { NO_FILTER, queryOf } from "../hands/handsView.ts";
import { PokerNav } from "../hands/PokerNav.tsx";
import { useRead } from "../http/useRead.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { useTitle } from "../shell/useTitle.ts";
import { Blank } from "../shell/Blank.tsx";
import { Failed } from "../shell/Failed.tsx";
import { Sessions } from "./Sessions.tsx";
import { Statistics } from "./Statistics.tsx";
import { statsFilterIn, statsQueryOf } from "./statsView.ts";
import { Tournaments } from "./Tournaments.tsx";

const TABS = ["statistics", "sessions", "tournaments"] as const;

export default function HandPlayerPage({ name }: { readonly name: string }) {
  const { t } = useTranslation("handPlayers");
  const { date, number } = useFormat();
  const croupier = useCroupier();
  const { again, reading } = useRead(
    useMemo(
      () => () => croupier.get("/api/v1/stats/player/{name}", { path: { name }, query: {} }),
      [croupier, name],
    ),
  );
  const query = useHashQuery();
  const [, navigate] = useLocation();
  const tab = TABS.find((tab) => tab === query.get("tab")) ?? "statistics";
  const filter = useMemo(() => statsFilterIn(query), [query]);
  const show = (tab: (typeof TABS)[number], wanted = filter) =>
    navigate(paths.handPlayer(name) + statsQueryOf(tab, wanted), { replace: true });
  const stats = reading.kind === "read" ? reading.body : null;
  useTitle(name);
  return (
    <main
      className="page is-stack hand-player"
      id="main"
      tabIndex={-1}
      aria-busy={reading.kind === "loading"}
    >
      <PokerNav />
      <header className="page-head">
        <div>
          <h1>{name}</h1>
          {stats !== null && (
            <p className="muted">
              {t("page.hands", { count: stats.hands, hands: number(stats.hands) })}
              {stats.first_at !== null && stats.last_at !== null && (
                <>
                  {" · "}
                  {t("page.span", { from: date(stats.first_at), to: date(stats.last_at) })}
                </>
              )}
            </p>
          )}
        </div>
        {stats !== null && (
          <Link className="button" href={paths.hands + queryOf({ ...NO_FILTER, player: name })}>
            {t("page.toHands")}
          </Link>
        )}
      </header>
      {reading.kind === "loading" && (
        <div className="panel hand-player-wait" role="status">
          {t("reading")}
        </div>
      )}
      {reading.kind === "failed" &&
        (reading.problem.status === 404 ? (
          <Blank
            icon="players"
            title={t("page.unknown")}
            meaning={t("page.unknownHow")}
            role="alert"
          >
            <Link className="button" href={paths.handPlayers}>
              {t("page.back")}
            </Link>
          </Blank>
        ) : (
          <Failed title={t("page.failed")} code={reading.problem.code} onAgain={again} />
        ))}
      {stats !== null && (
        <Tabs.Root
          value={tab}
          onValueChange={(value) => {
            const chosen = TABS.find((tab) => tab === value);
            if (chosen !== undefined) show(chosen);
          }}
        >
          <Tabs.List className="hand-player-tabs" aria-label={t("page.tabs")}>
            {TABS.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`page.tab.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="statistics" className="hand-player-panel">
            <Statistics all={stats} filter={filter} onFilter={(filter) => show(tab, filter)} />
          </Tabs.Panel>
          <Tabs.Panel value="sessions" className="hand-player-panel">
            <Sessions name={name} />
          </Tabs.Panel>
          <Tabs.Panel value="tournaments" className="hand-player-panel">
            <Tournaments name={name} />
          </Tabs.Panel>
        </Tabs.Root>
      )}
    </main>
  );
}
