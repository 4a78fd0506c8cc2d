import "./RecomputedHere.css";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import type { Recording } from "./readReplay.ts";
import { recompute } from "./recompute.ts";
import type { Recomputed } from "./recompute.ts";

/** Whether the race, run again in this browser, is the one that the server shows. */
export function RecomputedHere({ recording }: { readonly recording: Recording }) {
  const { t } = useTranslation("replay");
  const sentence = useSentence();
  // Under a millisecond, even for the longest race.
  const found = useMemo(() => recompute(recording), [recording]);
  const isEqual = found.kind === "equal";
  return (
    <div
      className={`notice recomputed ${isEqual ? "is-good" : "is-bad"}`}
      data-recomputed={found.kind}
    >
      <span aria-hidden="true">{isEqual ? "✓" : "✗"}</span>
      <div>
        <strong>{t("recomputed.title")}</strong>
        {sentence(found)}
        {isEqual && (
          <p className="recomputed-digest">
            {t("recomputed.digest")}: <code>{found.sha256}</code>
          </p>
        )}
      </div>
    </div>
  );
}

function useSentence(): (found: Recomputed) => string {
  const { t } = useTranslation("replay");
  const format = useFormat();
  const metres = (mm: number) => t("metres", { metres: format.number(mm / 1000, 3) });
  return (found) => {
    switch (found.kind) {
      case "equal":
        return t("recomputed.equal", { count: found.frames });
      case "differs": {
        const { hereMm, number, serverMm, tick } = found;
        return t("recomputed.differs", {
          tick,
          number,
          here: metres(hereMm),
          server: metres(serverMm),
        });
      }
      case "other_length":
        return t("recomputed.otherLength", { here: found.here, server: found.server });
      case "other_order":
        return t("recomputed.otherOrder");
      case "impossible":
        return t("recomputed.impossible");
    }
  };
}
