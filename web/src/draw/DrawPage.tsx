import "./Draw.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import type { DrawBody, RaffleBody } from "../../../sdk/src/index.ts";
import { useNow } from "../lobbies/useNow.ts";
import { useRaffle } from "../raffle/useRaffle.ts";
import { Blank } from "../shell/Blank.tsx";
import { Failed } from "../shell/Failed.tsx";
import { PageLoading } from "../shell/PageLoading.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { Course } from "./Course.tsx";
import { DrawnAndProven } from "./DrawnAndProven.tsx";
import { Mine } from "./Mine.tsx";
import { stageOf } from "./stage.ts";
import { Until } from "./Until.tsx";
import { useNotedRaffle } from "./useNotedRaffle.ts";

/** The draw of a raffle: what it waits for, how it happens, who has won, and that nobody could steer it. */
export default function DrawPage({ raffleId }: { readonly raffleId: string }) {
  const { t } = useTranslation("draw");
  const { again, draw, isFailed, isMissing, raffle } = useRaffle(raffleId);
  useTitle(raffle === null ? t("title") : t("titleOf", { raffle: raffle.title }));
  useNotedRaffle(raffle);
  if (raffle !== null) return <Shown raffle={raffle} draw={draw} />;
  if (!isMissing && !isFailed) return <PageLoading />;
  const toRaffles = (
    <Link href={paths.raffles} className="button">
      {t("toRaffles")}
    </Link>
  );
  return (
    <main id="main" tabIndex={-1} className="page is-stack draw-page">
      <h1>{t("title")}</h1>
      {isMissing ? (
        <Blank icon="raffles" title={t("missing")} role="alert">
          {toRaffles}
        </Blank>
      ) : (
        <Failed title={t("failed")} onAgain={again}>
          {toRaffles}
        </Failed>
      )}
    </main>
  );
}

function Shown({ raffle, draw }: { readonly raffle: RaffleBody; readonly draw: DrawBody | null }) {
  const { t } = useTranslation("draw");
  const stage = stageOf(raffle, draw, useNow());
  // Who was here before it was drawn sees it happen.
  const [isLive] = useState(raffle.status !== "completed");
  const isOpen = raffle.status === "active" || raffle.status === "suspended";
  const course = <Course raffle={raffle} draw={draw} stage={stage} />;
  return (
    <main id="main" tabIndex={-1} className="page is-stack draw-page" data-stage={stage.kind}>
      <header className="page-head">
        <div>
          <p>
            <Link href={paths.raffle(raffle.id)}>{t("back")}</Link>
          </p>
          <h1>
            <span className="muted">{t("title")}</span> {raffle.title}
          </h1>
        </div>
        {isOpen && (
          <Link href={paths.raffle(raffle.id)} className="button is-main">
            {t("buy")}
          </Link>
        )}
      </header>
      {stage.kind === "drawn" && draw !== null ? (
        <DrawnAndProven raffle={raffle} draw={draw} isLive={isLive}>
          {course}
        </DrawnAndProven>
      ) : (
        <>
          {course}
          {stage.kind !== "drawn" && <Until stage={stage} raffle={raffle} />}
          <Mine raffle={raffle} winners={null} />
        </>
      )}
    </main>
  );
}
