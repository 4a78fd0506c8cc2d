import "./VerifyPage.css";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { useCroupier, useSession } from "../app/useSeat.ts";
import { readBets } from "../bets/readBets.ts";
import { useRead } from "../http/useRead.ts";
import { readReplay } from "../replay/readReplay.ts";
import { Failed } from "../shell/Failed.tsx";
import { PageLoading } from "../shell/PageLoading.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { Actions } from "./Actions.tsx";
import { ByHand } from "./ByHand.tsx";
import { Cheats } from "./Cheats.tsx";
import { readClaim } from "./Claim.ts";
import type { Claim } from "./Claim.ts";
import type { Cheat } from "./cheats.ts";
import { notedCommitment } from "./notedCommitments.ts";
import { OwnData } from "./OwnData.tsx";
import { StepCard } from "./StepCard.tsx";
import type { Evidence } from "./steps.ts";
import { Unproven } from "./Unproven.tsx";
import { useVerification } from "./useVerification.ts";
import { VerdictPanel } from "./VerdictPanel.tsx";

/** What the house says of a race, computed again before the visitor's eyes. */
export default function VerifyPage({ raceId }: { readonly raceId: string }) {
  const { t } = useTranslation("verify");
  useTitle(t("title"));
  const croupier = useCroupier();
  const { again, reading } = useRead(
    useMemo(() => () => readClaim(croupier, raceId), [croupier, raceId]),
  );
  if (reading.kind === "loading") return <PageLoading />;
  if (reading.kind === "failed") {
    return (
      <main id="main" tabIndex={-1} className="page is-stack verify-page">
        <h1>{t("title")}</h1>
        <Failed
          title={reading.problem.status === 404 ? t("notOver") : t("failed")}
          code={reading.problem.code}
          onAgain={again}
        >
          <Link href={paths.race(raceId)} className="button">
            {t("toRace")}
          </Link>
        </Failed>
      </main>
    );
  }
  return <Verified raceId={raceId} house={reading.body} />;
}

/** What is checked in place of the house's account. */
interface Other {
  readonly claim: Claim;
  /** Null for data of the visitor's own. */
  readonly cheat: Cheat | null;
}

function Verified({ raceId, house }: { readonly raceId: string; readonly house: Claim }) {
  const { t } = useTranslation("verify");
  const [other, setOther] = useState<Other | null>(null);
  const claim = other?.claim ?? house;
  const isOwn = other !== null && other.cheat === null;
  const evidence = useEvidence({ raceId, claim, isOwn });
  const verification = useVerification(evidence);
  const { steps } = verification;
  return (
    <main
      id="main"
      tabIndex={-1}
      className="page is-stack verify-page"
      data-verified={verification.state === "done"}
    >
      <header className="page-head verify-head">
        <div>
          <p>
            <Link href={paths.race(raceId)}>{t("back")}</Link>
          </p>
          <h1>{t("title")}</h1>
          <p className="muted">{t("lead", { race: claim.race_id })}</p>
        </div>
        <Actions claim={claim} steps={steps} />
      </header>
      <VerdictPanel verification={verification} isHouses={other === null} />
      {other !== null && (
        <div className="notice verify-source" role="alert">
          <span>{isOwn ? t("source.own") : t("source.altered")}</span>
          <button type="button" className="button is-small" onClick={() => setOther(null)}>
            {t("source.undo")}
          </button>
        </div>
      )}
      <div className="verify-columns">
        <ol className="verify-steps">
          {steps.map((step) => (
            <StepCard key={step.id} step={step} steps={steps} />
          ))}
        </ol>
        <div className="verify-side">
          <Unproven />
          <Cheats
            claim={house}
            chosen={other?.cheat ?? null}
            onCheat={(cheat, altered) =>
              setOther(cheat === null ? null : { claim: altered, cheat })
            }
          />
          <OwnData claim={claim} onCheck={(own) => setOther({ claim: own, cheat: null })} />
          <ByHand claim={claim} />
        </div>
      </div>
    </main>
  );
}

/** All that the steps need, as one object that changes only when something in it does; null until all is there. */
function useEvidence({
  raceId,
  claim,
  isOwn,
}: {
  readonly raceId: string;
  readonly claim: Claim;
  /** Nobody asked the house for it. */
  readonly isOwn: boolean;
}): Evidence | null {
  const croupier = useCroupier();
  const playerId = useSession()?.playerId;
  const replay = useRead(
    useMemo(() => () => readReplay(croupier, raceId), [croupier, raceId]),
  ).reading;
  const bets = useRead(
    useMemo(
      () => (playerId === undefined ? null : () => readBets(croupier, raceId)),
      [croupier, playerId, raceId],
    ),
  ).reading;
  return useMemo(() => {
    if (replay.kind === "loading" || (playerId !== undefined && bets.kind === "loading"))
      return null;
    // Data of another race are compared with nothing of this one.
    const isThisRace = !isOwn || claim.race_id === raceId;
    return {
      claim,
      askedRaceId: isOwn ? null : raceId,
      noted: notedCommitment(localStorage, claim.race_id),
      ownBets: isThisRace && bets.kind === "read" ? bets.body.bets : null,
      frames: isThisRace && replay.kind === "read" ? replay.body.frames : null,
    };
  }, [raceId, claim, isOwn, playerId, replay, bets]);
}
