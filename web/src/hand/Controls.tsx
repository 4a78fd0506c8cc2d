import "./Controls.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDeck } from "../cards/deck.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { Scrubber } from "../replay/Scrubber.tsx";
import { leap, SPEEDS, streetFrom, toggle } from "./playback.ts";
import type { Playback } from "./playback.ts";
import type { streetStarts } from "./replay.ts";
import { stepAddress } from "./useStepAddress.ts";

const ICONS = {
  play: "M7 4.5v15l13-7.5z",
  pause: "M6 4.5h4.5v15H6zM13.5 4.5H18v15h-4.5z",
  back: "M17 5v14L7 12z",
  forward: "M7 5v14l10-7z",
  streetBack: "M12 5v14l-7-7zM20 5v14l-7-7z",
  streetOn: "M12 5v14l7-7zM4 5v14l7-7z",
  toStart: "M18 5v14L8 12zM5 5h2.5v14H5z",
  toEnd: "M6 5v14l10-7zM16.5 5H19v14h-2.5z",
} as const;

const STEPS_PER_LARGE_STEP = 5;
/** Shares of the whole below which two marks' names would lie on each other: on phones, and everywhere. */
const NEAR_ON_PHONES = 0.14;
const NEAR = 0.055;

/** The marks without a name, for the next one that has one is too near. The last one has one. */
function unnamed(starts: readonly number[], last: number, nearest: number): ReadonlySet<number> {
  const without = new Set<number>();
  let next = Number.POSITIVE_INFINITY;
  for (const at of starts.toReversed()) {
    if (next - at < nearest * last) without.add(at);
    else next = at;
  }
  return without;
}

export interface ReplayOptions {
  readonly isRevealed: boolean;
  readonly isInBigBlinds: boolean;
}

export function Controls({
  handId,
  playback,
  starts,
  said,
  options,
  onChange,
  onOptions,
}: {
  readonly handId: string;
  readonly playback: Playback;
  readonly starts: ReturnType<typeof streetStarts>;
  /** What the step shows, in words. */
  readonly said: string;
  readonly options: ReplayOptions;
  readonly onChange: (how: (playback: Playback) => Playback) => void;
  readonly onOptions: (options: ReplayOptions) => void;
}) {
  const { t } = useTranslation("hand");
  const { number } = useFormat();
  const { choose, hasFourColours } = useDeck();
  const { count, index, isPlaying, speed } = playback;
  const last = count - 1;
  const indexes = starts.map((start) => start.index);
  const isUnnamed = unnamed(indexes, last, NEAR);
  const named = starts.filter((start) => !isUnnamed.has(start.index));
  const isUnnamedOnPhones = unnamed(indexes, last, NEAR_ON_PHONES);
  const to = (where: (playback: Playback) => number) => () =>
    onChange((playback) => leap(playback, where(playback)));
  const button = (name: keyof typeof ICONS, onClick: () => void, isOff = false) => (
    <button
      type="button"
      className="button is-quiet hand-button"
      data-control={name}
      aria-label={t(`controls.${name}`)}
      title={t(`controls.${name}`)}
      // It keeps the focus, which a disabled button would lose to nowhere.
      aria-disabled={isOff}
      onClick={isOff ? undefined : onClick}
    >
      <svg viewBox="0 0 24 24" width="22" height="22" fill="currentColor" aria-hidden="true">
        <path d={ICONS[name]} />
      </svg>
    </button>
  );
  return (
    <>
      <section className="panel hand-controls" aria-label={t("controls.label")}>
        <div className="hand-timeline">
          <Scrubber
            value={index}
            last={last}
            largeStep={STEPS_PER_LARGE_STEP}
            label={t("controls.step")}
            textOf={(value) => t("controls.stepOf", { step: value, last, what: said })}
            onValue={(value) => onChange((playback) => leap(playback, value))}
          />
          <div className="hand-marks">
            {named.map(({ index: at, street }) => (
              <button
                key={street}
                type="button"
                style={{ insetInlineStart: `${(100 * at) / Math.max(1, last)}%` }}
                data-passed={index >= at}
                data-near={isUnnamedOnPhones.has(at)}
                onClick={() => onChange((playback) => leap(playback, at))}
              >
                {t(`street.${street}`)}
              </button>
            ))}
          </div>
        </div>
        <div className="hand-transport">
          {button(
            "toStart",
            to(() => 0),
            index === 0,
          )}
          {button(
            "streetBack",
            to((playback) => streetFrom(playback, indexes, -1)),
            index === 0,
          )}
          {button(
            "back",
            to((playback) => playback.index - 1),
            index === 0,
          )}
          {button(isPlaying ? "pause" : "play", () => onChange(toggle))}
          {button(
            "forward",
            to((playback) => playback.index + 1),
            index === last,
          )}
          {button(
            "streetOn",
            to((playback) => streetFrom(playback, indexes, 1)),
            index === last,
          )}
          {button(
            "toEnd",
            to(() => last),
            index === last,
          )}
        </div>
        <p className="hand-count figure">
          <strong>{number(index)}</strong> <span className="muted">/ {number(last)}</span>
        </p>
        <fieldset className="hand-speeds">
          <legend className="unseen">{t("controls.speed")}</legend>
          {SPEEDS.map((one) => (
            <label key={one} data-chosen={one === speed}>
              <input
                type="radio"
                name="hand-speed"
                className="unseen"
                checked={one === speed}
                onChange={() => onChange((playback) => ({ ...playback, speed: one }))}
              />
              <span className="figure">
                {t("controls.times", { speed: number(one, one < 1 ? 1 : 0) })}
              </span>
            </label>
          ))}
        </fieldset>
      </section>
      <section className="hand-options" aria-label={t("controls.options")}>
        <Option
          label={t("controls.reveal")}
          title={t("controls.revealTitle")}
          isOn={options.isRevealed}
          onToggle={(isRevealed) => onOptions({ ...options, isRevealed })}
        />
        <Option
          label={t("controls.inBigBlinds")}
          isOn={options.isInBigBlinds}
          onToggle={(isInBigBlinds) => onOptions({ ...options, isInBigBlinds })}
        />
        <Option label={t("controls.fourColours")} isOn={hasFourColours} onToggle={choose} />
        <Share address={stepAddress(handId, index)} />
      </section>
      <p className="hand-keys muted">
        <strong>{t("controls.keys")}</strong> {t("controls.keysHow")}
      </p>
    </>
  );
}

function Option({
  label,
  title,
  isOn,
  onToggle,
}: {
  readonly label: string;
  readonly title?: string;
  readonly isOn: boolean;
  readonly onToggle: (isOn: boolean) => void;
}) {
  return (
    <button
      type="button"
      className="button is-small"
      aria-pressed={isOn}
      title={title}
      onClick={() => onToggle(!isOn)}
    >
      {label}
    </button>
  );
}

function Share({ address }: { readonly address: string }) {
  const { t } = useTranslation("hand");
  const [said, setSaid] = useState("");
  const share = async () => {
    const page = new URL(location.href);
    page.hash = address;
    try {
      await navigator.clipboard.writeText(page.href);
      setSaid(t("controls.shared"));
    } catch {
      // Browsers keep the clipboard from pages that came over plain HTTP, and when they were told to.
      setSaid(t("controls.shareFailed", { link: page.href }));
    }
  };
  return (
    <>
      <button type="button" className="button is-small" onClick={() => void share()}>
        {t("controls.share")}
      </button>
      <span role="status" className="hand-shared muted">
        {said}
      </span>
    </>
  );
}
