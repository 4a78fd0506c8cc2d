import "./Raffles.css";
import { useState } from "react";
import { Link } from "wouter";
import type { RaffleBooksBody } from "../../../../rpc/http/raffle.ts";
import type { RaffleBody } from "../../../../rpc/raffleBody.ts";
import { paths } from "../../app/paths.ts";
import type { Problem } from "../../http/request.ts";
import { useTitle } from "../../shell/useTitle.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { Waiting } from "../Waiting.tsx";
import { ALL_PAYMENTS, hashOf } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { usePoll } from "../usePoll.ts";
import { ActQuestion } from "./ActQuestion.tsx";
import { RaffleBooks } from "./RaffleBooks.tsx";
import type { RaffleAct } from "./RaffleCalls.ts";
import { RaffleFacts } from "./RaffleFacts.tsx";
import { RaffleFormDialog } from "./RaffleFormDialog.tsx";
import { StatusTag } from "./StatusTag.tsx";
import { actsOn, isEditable } from "./acts.ts";

const POLL_MS = 1_500;

/** What leads on stands out; what cannot be taken back warns. */
const TONES: Readonly<Record<RaffleAct, string>> = {
  publish: "is-main",
  resume: "is-main",
  suspend: "",
  close: "is-danger",
  draw: "is-danger",
  cancel: "is-danger",
};

interface Known {
  readonly raffle: RaffleBody;
  readonly books: RaffleBooksBody | null;
  readonly watchers: number | null;
}

/** One raffle: how it stands, what it has earned, who watches it, and what can be done to it. */
export function RafflePage({ raffleId }: { readonly raffleId: string }) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const [known, setKnown] = useState<Known | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asking, setAsking] = useState<RaffleAct | "edit" | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  useTitle(known?.raffle.title ?? t("raffles.title"));
  const refresh = usePoll(async () => {
    const [raffle, books, stats] = await Promise.all([
      client.raffle(raffleId),
      client.raffleBooks(raffleId),
      client.raffleWatchers(raffleId),
    ]);
    setProblem(raffle.ok ? null : raffle.problem);
    if (!raffle.ok) return;
    setKnown((before) => ({
      raffle: raffle.body,
      books: books.ok ? books.body : (before?.books ?? null),
      watchers: stats.ok
        ? (stats.body.connections_by_raffle[raffleId] ?? 0)
        : (before?.watchers ?? null),
    }));
  }, POLL_MS);
  const done = (what: string) => {
    setAsking(null);
    setSaid(what);
    refresh();
  };

  if (known === null) {
    return problem === null ? (
      <Waiting>{t("raffle.asking")}</Waiting>
    ) : (
      <ProblemNotice problem={problem} />
    );
  }
  const { books, raffle, watchers } = known;
  return (
    <>
      <p>
        <a href={hashOf({ page: "raffles", status: null })}>{t("raffle.toAll")}</a>
      </p>
      <div className="page-head raffle-page-head">
        <div>
          <h1>{raffle.title}</h1>
          <p className="raffle-page-sub">
            <span className="mono muted">{raffle.id}</span> <StatusTag status={raffle.status} />
          </p>
        </div>
        <div className="raffle-acts">
          {isEditable(raffle) && (
            <button type="button" className="button" onClick={() => setAsking("edit")}>
              {t("raffle.edit")}
            </button>
          )}
          {actsOn(raffle).map((act) => (
            <button
              key={act}
              type="button"
              className={`button ${TONES[act]}`}
              onClick={() => setAsking(act)}
            >
              {t(`raffle.act.${act}`)}
            </button>
          ))}
        </div>
      </div>
      <p className={said === null ? "unseen" : "notice is-good page-said"} role="status">
        {said}
      </p>
      {problem !== null && <ProblemNotice problem={problem} />}
      {raffle.reason !== null && (
        <p className="notice page-said" data-reason>
          {t("raffle.reason", { reason: raffle.reason })}
        </p>
      )}
      <div className="raffle-columns">
        <RaffleFacts raffle={raffle} watchers={watchers} />
        <RaffleBooks raffle={raffle} books={books} />
      </div>
      <nav className="raffle-ways" aria-label={t("raffle.ways")}>
        {raffle.status !== "draft" && (
          <Link href={paths.draw(raffleId)} className="button is-small">
            {t("raffle.toDraw")}
          </Link>
        )}
        <a
          className="button is-small"
          href={hashOf({ page: "payments", filter: { ...ALL_PAYMENTS, raffle: raffleId } })}
        >
          {t("raffle.toPayments")}
        </a>
        <a
          className="button is-small"
          href={hashOf({ page: "entity", kind: "raffle", entityId: raffleId, version: null })}
        >
          {t("inspect")}
        </a>
      </nav>
      {asking === "edit" && (
        <RaffleFormDialog
          raffle={raffle}
          onClose={() => setAsking(null)}
          onDone={() => done(t("raffle.edited"))}
        />
      )}
      {asking !== null && asking !== "edit" && (
        <ActQuestion
          act={asking}
          raffle={raffle}
          books={books}
          onClose={() => setAsking(null)}
          onDone={done}
        />
      )}
    </>
  );
}
