/**
 * How the figures were come by: exactly or by dealing, from how many deals, in what time; or why there are none. It is one
 * line in all cases, so that nothing below it moves. Who does not see it hears the end of each computation, with the figures.
 */
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import { widestOf } from "./readings.ts";
import type { EquityState } from "./useEquity.ts";

export function Verdict({
  equity,
  hasFaults,
}: {
  readonly equity: EquityState;
  readonly hasFaults: boolean;
}) {
  const { t } = useTranslation("equity");
  const { percent } = useFormat();
  const { answer, kind } = equity;
  const { sign, tone, words } = useWords(equity, hasFaults);
  const figures = answer?.players.map(({ equity }, place) =>
    t("share", { player: place + 1, share: percent(equity, 2) }),
  );
  return (
    <div
      className="equity-verdict"
      data-kind={hasFaults ? "faulty" : kind}
      data-method={answer?.method}
    >
      <p>
        <span className={`tag ${tone}`}>{sign}</span> <span className="muted">{words}</span>
      </p>
      <p className="unseen" role="status">
        {kind === "computing" && !hasFaults
          ? ""
          : `${sign}. ${words} ${hasFaults ? "" : (figures?.join(" ") ?? "")}`}
      </p>
    </div>
  );
}

interface Words {
  readonly sign: string;
  readonly tone: "" | "is-good" | "is-bad" | "is-note";
  readonly words: string;
}

function useWords(equity: EquityState, hasFaults: boolean): Words {
  const { t } = useTranslation("equity");
  const { number, percent, span } = useFormat();
  const { answer, elapsedMs, kind, part, refusal } = equity;
  /** `players.1`, `board` and `dead` are the engine's names of places. */
  const placeIn = (where: string): string => {
    const player = /^players\.(\d+)/.exec(where)?.[1];
    if (player !== undefined) return t("players.name", { number: Number(player) + 1 });
    return t(where === "dead" ? "dead" : "board");
  };
  if (hasFaults) return { sign: t("noFigures"), tone: "is-note", words: t("putRight") };
  if (kind === "failed") return { sign: t("noFigures"), tone: "is-bad", words: t("failed") };
  if (refusal !== null) {
    const words =
      refusal._tag === "NotExact"
        ? t("notExact")
        : refusal._tag === "NoCombination"
          ? t("nothing")
          : t("invalid", { place: placeIn(refusal.where) });
    return { sign: t("noFigures"), tone: "is-bad", words };
  }
  if (answer === null)
    return {
      sign: t("computing"),
      tone: "",
      words: part > 0 ? t("part", { part: percent(part, 0) }) : "",
    };
  const deals = number(answer.samples);
  if (kind === "computing")
    return { sign: t("simulating"), tone: "", words: t("soFar", { deals }) };
  const time = span(elapsedMs);
  if (answer.method === "exact")
    return { sign: t("exact"), tone: "is-good", words: t("done", { deals, time }) };
  const error = percent(widestOf(answer), 2);
  return {
    sign: t("simulated"),
    tone: "is-note",
    words: `${t("done", { deals, time })} ${t("error", { error })}`,
  };
}
