import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { HandBody } from "../../../sdk/src/index.ts";
import { useHashQuery } from "../app/useLocationHash.ts";
import { useAmount } from "../hands/useAmount.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { ActionLog } from "./ActionLog.tsx";
import { Controls } from "./Controls.tsx";
import type { ReplayOptions } from "./Controls.tsx";
import { EquityPanel } from "./EquityPanel.tsx";
import { equitySpots } from "./equitySpots.ts";
import { leap, streetFrom, toggle } from "./playback.ts";
import { PokerTable } from "./PokerTable.tsx";
import { replayOf, stepIn, streetStarts } from "./replay.ts";
import { useEquities } from "./useEquities.ts";
import { usePlayback } from "./usePlayback.ts";
import { useReplayKeys } from "./useReplayKeys.ts";
import type { ReplayKey } from "./useReplayKeys.ts";
import { useStepAddress } from "./useStepAddress.ts";
import { useStepText } from "./useStepText.ts";

const NO_EQUITY: ReadonlyMap<string, number> = new Map();

/** The hand, to be stepped through and played. */
export function HandReplay({ hand }: { readonly hand: HandBody }) {
  const { t } = useTranslation("hand");
  const { number } = useFormat();
  const plain = useAmount(hand.currency).amount;
  const [options, setOptions] = useState<ReplayOptions>({
    isRevealed: false,
    isInBigBlinds: false,
  });
  const steps = useMemo(() => replayOf(hand), [hand]);
  const starts = useMemo(() => streetStarts(steps), [steps]);
  const spots = useMemo(() => equitySpots(hand, steps), [hand, steps]);
  const equities = useEquities(spots);
  const asked = stepIn(useHashQuery().get("step"), steps.length) ?? 0;
  const [playback, change] = usePlayback(steps, asked);
  const { index, isNext, isPlaying } = playback;
  useStepAddress(hand.hand_id, index, isPlaying);
  useAskedStep(asked, change);

  const onKey = useCallback(
    (key: ReplayKey) => {
      const indexes = starts.map((start) => start.index);
      change((playback) => {
        switch (key) {
          case "ArrowLeft":
            return leap(playback, playback.index - 1);
          case "ArrowRight":
            return leap(playback, playback.index + 1);
          case "ArrowUp":
            return leap(playback, streetFrom(playback, indexes, -1));
          case "ArrowDown":
            return leap(playback, streetFrom(playback, indexes, 1));
          case "Home":
            return leap(playback, 0);
          case "End":
            return leap(playback, playback.count - 1);
          case " ":
            return toggle(playback);
        }
      });
    },
    [change, starts],
  );
  useReplayKeys(onKey);

  const { big_blind: bigBlind } = hand.blinds;
  const isInBigBlinds = options.isInBigBlinds && bigBlind > 0;
  const amount = useCallback(
    (value: number) => {
      if (!isInBigBlinds) return plain(value);
      const blinds = value / bigBlind;
      return t("bigBlinds", { amount: number(blinds, Number.isInteger(blinds) ? 0 : 1) });
    },
    [isInBigBlinds, bigBlind, plain, number, t],
  );
  const texts = useStepText(amount);

  const step = steps[index];
  if (step === undefined) return null;
  const spot = spots[index] ?? null;
  const shares = spot === null ? undefined : equities.of.get(spot);
  const equity =
    spot === null || shares === undefined
      ? NO_EQUITY
      : new Map(spot.players.map((player, at) => [player, shares[at] ?? 0]));
  const said = texts.of(step);
  return (
    <>
      <div className="hand-stage">
        <div className="hand-table">
          <PokerTable
            hand={hand}
            step={step}
            index={index}
            isMoving={isNext}
            isRevealed={options.isRevealed}
            amount={amount}
            texts={texts}
            equity={equity}
          />
          <p className="hand-said" role="status">
            {said}
          </p>
        </div>
        <ActionLog
          steps={steps}
          index={index}
          amount={amount}
          texts={texts}
          onStep={(to) => change((playback) => leap(playback, to))}
        />
        <Controls
          handId={hand.hand_id}
          playback={playback}
          starts={starts}
          said={said}
          options={options}
          onChange={change}
          onOptions={setOptions}
        />
      </div>
      <EquityPanel hand={hand} spots={spots} equities={equities} current={spot} />
    </>
  );
}

/** Another step in the address, such as by a link or on the way back, is gone to. */
function useAskedStep(asked: number, change: ReturnType<typeof usePlayback>[1]): void {
  const [before, setBefore] = useState(asked);
  useEffect(() => {
    if (asked === before) return;
    // oxlint-disable-next-line react/set-state-in-effect -- the address has changed, not this
    setBefore(asked);
    change((playback) => leap(playback, asked));
  }, [asked, before, change]);
}
