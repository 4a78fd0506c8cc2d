import { useState } from "react";
import { Confirm } from "../Confirm.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";

/** Pauses a kind, after asking, or lets it go on. */
export function PauseKind({
  kind,
  isPaused,
  isNamed = false,
}: {
  readonly kind: string;
  readonly isPaused: boolean;
  /** Says which kind, where that does not stand beside it. */
  readonly isNamed?: boolean;
}) {
  const { client, refresh } = useAdmin();
  const { t } = useAdminText();
  const [isAsking, setIsAsking] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const set = async (paused: boolean) => {
    setIsSending(true);
    setProblem(null);
    const answer = await client.pauseKind(kind, paused);
    setIsSending(false);
    if (!answer.ok) setProblem(answer.problem.detail);
    refresh();
  };
  const named = t(isPaused ? "pauseKind.resumeKind" : "pauseKind.pauseKind", { kind });
  return (
    <span className="pause-kind">
      <button
        type="button"
        className="button is-small"
        aria-label={named}
        aria-disabled={isSending}
        onClick={() => {
          if (isSending) return;
          if (isPaused) void set(false);
          else setIsAsking(true);
        }}
      >
        {isNamed ? named : t(isPaused ? "pauseKind.resume" : "pauseKind.pause")}
      </button>
      {problem !== null && (
        <span className="pause-said" role="alert">
          {problem}
        </span>
      )}
      {isAsking && (
        <Confirm
          title={t("pauseKind.ask", { kind })}
          action={t("pauseKind.confirm", { kind })}
          onConfirm={() => void set(true)}
          onClose={() => setIsAsking(false)}
        >
          <p>{t("pauseKind.means", { kind })}</p>
        </Confirm>
      )}
    </span>
  );
}
