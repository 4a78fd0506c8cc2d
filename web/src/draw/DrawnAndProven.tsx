import { useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { DrawBody, RaffleBody } from "../../../sdk/src/index.ts";
import { useCroupier, useSession } from "../app/useSeat.ts";
import { useRead } from "../http/useRead.ts";
import { Failed } from "../shell/Failed.tsx";
import { readDrawClaim } from "./DrawClaim.ts";
import { Drawn } from "./Drawn.tsx";
import { Mine } from "./Mine.tsx";
import { notedRaffle } from "./notedRaffles.ts";
import { Proof } from "./Proof.tsx";
import type { PrizeDraw } from "./Step.ts";
import type { DrawEvidence } from "./steps.ts";
import { useDrawSteps } from "./useDrawSteps.ts";
import { useOwnTickets } from "./useOwnTickets.ts";
import { useReveal } from "./useReveal.ts";

const NO_DRAWS: readonly PrizeDraw[] = [];

/**
 * The winners and the proof. What is revealed is this browser's own computation: it draws again before the first winner is
 * shown, and shows how each one comes about.
 */
export function DrawnAndProven({
  raffle,
  draw,
  isLive,
  children,
}: {
  readonly raffle: RaffleBody;
  readonly draw: DrawBody;
  readonly isLive: boolean;
  /** Stands between the winners and the proof. */
  readonly children: ReactNode;
}) {
  const { t } = useTranslation("draw");
  const croupier = useCroupier();
  const { again, reading } = useRead(
    useMemo(() => () => readDrawClaim(croupier, raffle.id), [croupier, raffle.id]),
  );
  const isSeated = useSession() !== null;
  const own = useOwnTickets(raffle.id);
  const claim = reading.kind === "read" ? reading.body : null;
  const evidence = useMemo((): DrawEvidence | null => {
    if (claim === null || own.kind === "loading") return null;
    return {
      claim,
      askedRaffleId: raffle.id,
      noted: notedRaffle(localStorage, claim.raffle_id),
      ownTickets: isSeated && own.kind === "read" ? own.body.map(({ text }) => text) : null,
    };
  }, [claim, isSeated, own, raffle.id]);
  const verification = useDrawSteps(evidence);
  const last = verification.steps.find(({ id }) => id === "winners");
  // Another result than the house's is no show, but a finding.
  const draws = last?.verdict === "agrees" ? last.draws : NO_DRAWS;
  const isReady = reading.kind === "failed" || verification.state !== "working";
  const [isLiveHere] = useState(isLive);
  const reveal = useReveal(draw.winners.length, { isLive: isLiveHere, isReady });
  const isRevealed = !reveal.isPlaying;
  return (
    <>
      {isRevealed && <Mine raffle={raffle} winners={draw.winners} />}
      <Drawn
        draw={draw}
        total={raffle.total_numbers}
        draws={draws}
        reveal={reveal}
        isReady={isReady}
      />
      {children}
      {reading.kind === "failed" ? (
        <Failed title={t("proof.failed")} code={reading.problem.code} onAgain={again} />
      ) : (
        evidence !== null && isRevealed && <Proof evidence={evidence} verification={verification} />
      )}
    </>
  );
}
