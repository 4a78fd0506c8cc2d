/** One hand: replayed step by step, with what it brought everyone. `?step=12` in the address begins there. */
import "./HandPage.css";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { HandBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { useCroupier } from "../app/useSeat.ts";
import { PokerNav } from "../hands/PokerNav.tsx";
import { useRead } from "../http/useRead.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { Blank } from "../shell/Blank.tsx";
import { Failed } from "../shell/Failed.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { Facts } from "./Facts.tsx";
import { HandReplay } from "./HandReplay.tsx";
import { Results } from "./Results.tsx";

export default function HandPage({ handId }: { readonly handId: string }) {
  const { t } = useTranslation(["hand", "hands"]);
  const { dateTime } = useFormat();
  const croupier = useCroupier();
  const { again, reading } = useRead(
    useMemo(
      () => () => croupier.get("/api/v1/hands/{hand_id}", { path: { hand_id: handId } }),
      [croupier, handId],
    ),
  );
  const hand = reading.kind === "read" ? reading.body : null;
  const title = hand === null ? t("facts.id") : titleOf(hand, t(`hands:game.${hand.game_type}`));
  useTitle(title);
  return (
    <main id="main" tabIndex={-1} className="page hand-page" aria-busy={reading.kind === "loading"}>
      <PokerNav />
      <header className="hand-head">
        <h1>{title}</h1>
        {hand !== null && (
          <p className="muted">
            <span className="tag">{t(`hands:limit.${hand.limit}`)}</span>
            <span className="tag">{t(`hands:format.${hand.format}`)}</span>
            <span>{hand.table}</span>
            <time dateTime={hand.timestamp}>{dateTime(hand.timestamp)}</time>
            {hand.hero !== null && <Link href={paths.handPlayer(hand.hero)}>{hand.hero}</Link>}
          </p>
        )}
      </header>
      {reading.kind === "loading" && (
        <div className="panel hand-wait" role="status">
          {t("reading")}
        </div>
      )}
      {reading.kind === "failed" && (
        <>
          {reading.problem.status === 404 ? (
            <Blank icon="hands" title={t("unknown")} meaning={t("unknownHow")} role="alert">
              <Link className="button" href={paths.hands}>
                {t("back")}
              </Link>
            </Blank>
          ) : (
            <Failed title={t("failed")} code={reading.problem.code} onAgain={again} />
          )}
        </>
      )}
      {hand !== null && (
        <>
          <HandReplay key={hand.hand_id} hand={hand} />
          <div className="hand-columns">
            <Results hand={hand} />
            <Facts hand={hand} />
          </div>
        </>
      )}
    </main>
  );
}

const titleOf = ({ stakes }: HandBody, game: string): string => `${game} ${stakes}`;
