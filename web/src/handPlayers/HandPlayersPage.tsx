/** Everyone of whom hands are recorded, to be found by name. */
import "./HandPlayers.css";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { useCroupier } from "../app/useSeat.ts";
import { PokerNav } from "../hands/PokerNav.tsx";
import { useRead } from "../http/useRead.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { PageHead } from "../shell/PageHead.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { Blank } from "../shell/Blank.tsx";
import { Failed } from "../shell/Failed.tsx";

const SHOWN = 100;
/** While a name is typed the server is not asked for each letter. */
const TYPED_MS = 250;

export default function HandPlayersPage() {
  const { t } = useTranslation("handPlayers");
  const { dateTime, number } = useFormat();
  const croupier = useCroupier();
  const [typed, setTyped] = useState("");
  const search = useRested(typed.trim());
  const { again, reading } = useRead(
    useMemo(
      () => () =>
        croupier.get("/api/v1/stats/players", {
          query: { limit: SHOWN, search: search === "" ? undefined : search },
        }),
      [croupier, search],
    ),
  );
  // Those of the search before are shown until the others are there.
  const players = useKept(reading.kind === "read" ? reading.body.players : null);
  useTitle(t("title"));
  return (
    <main
      className="page is-stack hand-players"
      id="main"
      tabIndex={-1}
      aria-busy={reading.kind === "loading"}
    >
      <PokerNav />
      <PageHead title={t("title")} lead={t("lead")} />
      {reading.kind === "failed" && (
        <Failed title={t("failed")} code={reading.problem.code} onAgain={again} />
      )}
      {reading.kind !== "failed" && (
        <section className="panel" aria-label={t("title")}>
          <label className="hand-players-search">
            <span className="field-label">{t("search")}</span>
            <input
              className="input"
              type="search"
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          </label>
          {players === null ? (
            <p className="muted" role="status">
              {t("reading")}
            </p>
          ) : players.length === 0 ? (
            <Blank
              icon={search === "" ? "players" : "search"}
              title={search === "" ? t("none") : t("noneFit", { query: search })}
            >
              {search === "" && (
                <Link className="button is-main" href={paths.handImport}>
                  {t("toImport")}
                </Link>
              )}
            </Blank>
          ) : (
            <table className="hand-players-table">
              <thead>
                <tr>
                  <th scope="col">{t("column.player")}</th>
                  <th scope="col">{t("column.hands")}</th>
                  <th scope="col">{t("column.last")}</th>
                </tr>
              </thead>
              <tbody>
                {players.map(({ hands, last_at: lastAt, player, site }) => (
                  <tr key={`${site} ${player}`} data-player={player}>
                    <th scope="row">
                      <Link href={paths.handPlayer(player)}>{player}</Link>
                    </th>
                    <td className="figure">{number(hands)}</td>
                    <td className="figure">
                      <time dateTime={lastAt}>{dateTime(lastAt)}</time>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {players?.length === SHOWN && (
            <p className="muted hand-players-more">{t("more", { count: SHOWN })}</p>
          )}
        </section>
      )}
    </main>
  );
}

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), TYPED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return useDeferredValue(rested);
}

/** The last value that there was. */
function useKept<Value>(value: Value | null): Value | null {
  const [kept, setKept] = useState(value);
  if (value !== null && value !== kept) setKept(value);
  return value ?? kept;
}
