import { useEffect, useRef } from "react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Cards } from "../cards/PlayingCard.tsx";
import type { Step } from "./replay.ts";
import type { StepTexts } from "./useStepText.ts";

/** All that happened, street by street. Each line leads to its step. One tab stop; arrows go from line to line. */
export function ActionLog({
  steps,
  index,
  amount,
  texts,
  onStep,
}: {
  readonly steps: readonly Step[];
  readonly index: number;
  readonly amount: (value: number) => string;
  readonly texts: StepTexts;
  readonly onStep: (index: number) => void;
}) {
  const { t } = useTranslation("hand");
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // The list alone scrolls: the page stays where the player has put it.
    const frame = list.current;
    const current = frame?.querySelector<HTMLElement>(`[data-at="${index}"]`);
    if (frame === null || current === null || current === undefined) return;
    const above = current.offsetTop - frame.offsetTop;
    frame.scrollTo({ top: above - frame.clientHeight / 2, behavior: "smooth" });
  }, [index]);
  // At the start, before the first line, that one is where the keyboard comes in.
  const stop = Math.max(1, index);
  const type = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const to = { ArrowUp: stop - 1, ArrowDown: stop + 1, Home: 1, End: steps.length - 1 }[
      event.key
    ];
    const line = to === undefined ? null : list.current?.querySelector(`[data-at="${to}"]`);
    if (to === undefined || !(line instanceof HTMLElement)) return;
    event.preventDefault();
    line.focus({ preventScroll: true });
    onStep(to);
  };
  return (
    <section className="panel hand-log" aria-labelledby="hand-log">
      <h2 id="hand-log">{t("log")}</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys pressed on its buttons */}
      <ol ref={list} aria-labelledby="hand-log" data-has-arrows onKeyDown={type}>
        {steps.map((step, at) => {
          const { event, pot } = step;
          if (event.kind === "start") return null;
          const line = {
            type: "button",
            "data-at": at,
            tabIndex: at === stop ? 0 : -1,
            onClick: () => onStep(at),
            ...(at === index && ({ "aria-current": "step" } as const)),
          } as const;
          const text = texts.of(step);
          const key = `${at} ${event.kind}`;
          if (event.kind === "street")
            return (
              <li key={key} className="hand-log-street">
                <button {...line}>
                  <strong>{t(`street.${event.street.name}`)}</strong>
                  <span className="figure muted">{t("potIs", { amount: amount(pot) })}</span>
                  {event.street.cards.length > 0 && <Cards cards={event.street.cards} />}
                </button>
                {step.returned !== null && (
                  <p className="muted">
                    {t("says", {
                      player: step.returned.player,
                      does: t("does.returned", { amount: amount(step.returned.amount) }),
                    })}
                  </p>
                )}
              </li>
            );
          return (
            <li key={key} data-passed={at <= index} data-kind={event.kind}>
              <button {...line}>
                {event.kind === "action" ? (
                  <>
                    <b>{event.action.player}</b> {texts.does(event.action)}
                  </>
                ) : (
                  <span>{text}</span>
                )}
                {event.kind === "show" && <Cards cards={event.shown.cards} />}
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
