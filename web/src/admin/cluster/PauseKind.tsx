import { useState } from "react";
import { Confirm } from "../Confirm.tsx";
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
  return (
    <span className="pause-kind">
      <button
        type="button"
        className="button is-small"
        aria-label={`${isPaused ? "Resume" : "Pause"} kind ${kind}`}
        aria-disabled={isSending}
        onClick={() => {
          if (isSending) return;
          if (isPaused) void set(false);
          else setIsAsking(true);
        }}
      >
        {isPaused ? "Resume" : "Pause"}
        {isNamed && ` kind ${kind}`}
      </button>
      {problem !== null && (
        <span className="pause-said" role="alert">
          {problem}
        </span>
      )}
      {isAsking && (
        <Confirm
          title={`Pause every ${kind}?`}
          action={`Pause ${kind}`}
          onConfirm={() => void set(true)}
          onClose={() => setIsAsking(false)}
        >
          <p>
            In the whole cluster, no {kind} takes a message or wakes by its alarm until the kind is
            resumed. Whoever asks one is told to ask again later.
          </p>
        </Confirm>
      )}
    </span>
  );
}
