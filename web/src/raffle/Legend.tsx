import { useEffect, useRef, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import { useTheme } from "../theme/useTheme.ts";
import { FREE, LOOKS, RESERVED, SOLD } from "./grid/Board.ts";
import type { Board, Look } from "./grid/Board.ts";
import { LOOK_NAMES } from "./grid/lookTexts.ts";
import { paintCell } from "./grid/paintCell.ts";
import { gridPalette } from "./grid/palette.ts";

/** What the colours and signs of the grid mean, and how many numbers look so. */
export function Legend({ board }: { readonly board: Board }) {
  const { t } = useTranslation("raffle");
  const { number } = useFormat();
  const counts = useSyncExternalStore(board.subscribe, () =>
    LOOKS.map((look) => board.count(look)).join(" "),
  ).split(" ");
  return (
    <ul className="raffle-legend" aria-label={t("legend")}>
      {LOOKS.map((look, index) => {
        const count = Number(counts[index]);
        // One's own only when there are some: nobody has to learn signs that are not there.
        if (count === 0 && look !== FREE && look !== RESERVED && look !== SOLD) return null;
        return (
          <li key={look}>
            <Sample look={look} />
            <span>{t(`look.${LOOK_NAMES[look]}`)}</span>
            <span className="muted figure">{number(count)}</span>
          </li>
        );
      })}
    </ul>
  );
}

const WIDTH = 30;
const HEIGHT = 22;

/** Painted as in the grid, so that they cannot come to differ. */
function Sample({ look }: { readonly look: Look }) {
  const ref = useRef<HTMLCanvasElement>(null);
  const { theme } = useTheme();
  useEffect(() => {
    const context = ref.current?.getContext("2d", { alpha: false });
    if (ref.current === null || context === null || context === undefined) return;
    const density = Math.min(2, devicePixelRatio);
    ref.current.width = WIDTH * density;
    ref.current.height = HEIGHT * density;
    context.setTransform(density, 0, 0, density, 0, 0);
    const box = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
    paintCell(
      context,
      { box, text: "", look, glow: 0 },
      { palette: gridPalette(theme), fontPx: 10 },
    );
  }, [look, theme]);
  return <canvas ref={ref} style={{ width: WIDTH, height: HEIGHT }} aria-hidden="true" />;
}
