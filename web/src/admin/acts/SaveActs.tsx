import { useState } from "react";
import { ProblemNotice } from "../ProblemNotice.tsx";
import type { Problem } from "../../http/request.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { actsCsv } from "./csv.ts";
import type { Acts } from "./useActs.ts";
import { saveFile } from "../../http/saveFile.ts";

/** Saves the acts that match as a file. */
export function SaveActs({ readAll }: Pick<Acts, "readAll">) {
  const { t } = useAdminText();
  const [isReading, setIsReading] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async () => {
    if (isReading) return;
    setIsReading(true);
    const answer = await readAll();
    setIsReading(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return setSaid(null);
    const { acts, isWhole } = answer.body;
    const name = `acts-${new Date().toISOString().slice(0, 10)}.csv`;
    saveFile({ name, type: "text/csv", text: actsCsv(acts) });
    setSaid(t(isWhole ? "acts.exported" : "acts.exportedPart", { count: acts.length }));
  };
  return (
    <div className="acts-save">
      <span className="muted" role="status">
        {said}
      </span>
      {problem !== null && <ProblemNotice problem={problem} />}
      <button
        type="button"
        className="button"
        aria-disabled={isReading}
        onClick={() => void save()}
      >
        {t(isReading ? "acts.exporting" : "acts.export")}
      </button>
    </div>
  );
}
