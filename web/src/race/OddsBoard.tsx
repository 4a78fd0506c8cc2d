import "./OddsBoard.css";
import { memo, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sharesOf } from "../bets/estimate.ts";
import type { Draft } from "../bets/draft.ts";
import { useMarkets } from "../bets/useMarkets.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Runner } from "../../../sdk/src/index.ts";
import { oddsAlong } from "../lobby/OddsTrail.ts";
import { useOddsTrail } from "../lobby/useOddsTrail.ts";
import { useRoom, useRoomNow } from "../room/useRoom.ts";
import { RunnerMark } from "./RunnerMark.tsx";
import { Sparkline } from "./Sparkline.tsx";

const ABILITIES = [
  ["speed", "shortSpeed"],
  ["stamina", "shortStamina"],
  ["start", "shortStart"],
  ["consistency", "shortConsistency"],
] as const;

/** Form is stated in thousandths of the best. */
const FORM_MAX = 1000;
/** Sorted by odds the rows change places, but not more often than the eye can follow, and never below a pointer. */
const SORT_EVERY_MS = 4_000;

type Sort = "number" | "odds";

/** The field with form, odds and how they move; while betting is open each runner is a button for the slip. */
export const OddsBoard = memo(function OddsBoard({
  draft,
  onPick,
  isOpen,
}: {
  readonly draft: Draft;
  readonly onPick: (number: number) => void;
  readonly isOpen: boolean;
}) {
  const { t } = useTranslation("room");
  const runners = useRoom((state) => state.lobby.lobby?.runners);
  const commitment = useRoom((state) => state.lobby.lobby?.commitment ?? "");
  const [sort, setSort] = useState<Sort>("number");
  const isHeld = useRef(false);
  const order = useOrder(sort, isHeld);
  if (runners === undefined) return null;
  const rows = order.flatMap((number) => runners.filter((runner) => runner.number === number));
  return (
    <section
      className="panel board"
      aria-labelledby="board-title"
      onPointerEnter={() => {
        isHeld.current = true;
      }}
      onPointerLeave={() => {
        isHeld.current = false;
      }}
    >
      <div className="panel-head">
        <h2 id="board-title">{t("board.title")}</h2>
        {isOpen && <Hint draft={draft} />}
        <div className="board-sort" role="group" aria-label={t("board.sort")}>
          <SortButton sort="number" current={sort} onSort={setSort} text={t("board.byNumber")} />
          <SortButton sort="odds" current={sort} onSort={setSort} text={t("board.byOdds")} />
        </div>
      </div>
      <div className="board-columns" aria-hidden="true">
        <span />
        <span>{t("board.runner")}</span>
        <span className="board-form">
          {ABILITIES.map(([ability, short]) => (
            <span key={ability} title={t(`board.${ability}`)}>
              {t(`board.${short}`)}
            </span>
          ))}
        </span>
        <span />
        <span className="board-share" title={t("board.shareTitle")}>
          {t("board.share")}
        </span>
        <span className="board-odds">{t("board.odds")}</span>
      </div>
      <ul>
        {rows.map((runner) => (
          <Row
            key={runner.number}
            runner={runner}
            isOpen={isOpen}
            pick={isOpen ? draft.selection.indexOf(runner.number) : -1}
            market={draft.market}
            onPick={onPick}
          />
        ))}
      </ul>
      {commitment !== "" && (
        <p className="board-seal muted">
          {t("board.seal")} <code title={commitment}>{commitment}</code> {t("board.sealMore")}
        </p>
      )}
    </section>
  );
});

function SortButton({
  sort,
  current,
  onSort,
  text,
}: {
  readonly sort: Sort;
  readonly current: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly text: string;
}) {
  return (
    <button type="button" aria-pressed={sort === current} onClick={() => onSort(sort)}>
      {text}
    </button>
  );
}

/** The runners' numbers from top to bottom, as text so that an order that has not changed is no change. */
function useOrder(sort: Sort, isHeld: { readonly current: boolean }): readonly number[] {
  const beat = useRoomNow(SORT_EVERY_MS);
  const kept = useRef({ sort, beat, order: "" });
  const numbers = useRoom(({ lobby: { lobby } }) =>
    (lobby?.runners ?? []).map(({ number }) => number).join(" "),
  );
  const byOdds = useRoom(({ lobby: { lobby } }) => {
    if (sort === "number" || lobby === null) return "";
    const isDue = kept.current.sort !== sort || (kept.current.beat !== beat && !isHeld.current);
    if (!isDue && kept.current.order !== "") return kept.current.order;
    const order = lobby.runners
      .map(({ number, scratched }) => ({
        number,
        odds: scratched ? Infinity : Number(lobby.odds[number] ?? Infinity),
      }))
      .toSorted((a, b) => (a.odds === b.odds ? a.number - b.number : a.odds - b.odds))
      .map(({ number }) => number)
      .join(" ");
    kept.current = { sort, beat, order };
    return order;
  });
  const text = sort === "number" ? numbers : byOdds;
  return useMemo(() => text.split(" ").map(Number), [text]);
}

function Hint({ draft: { market, selection } }: { readonly draft: Draft }) {
  const { t } = useTranslation("room");
  const { name, slots } = useMarkets()[market];
  const slot = slots[selection.length];
  const text =
    slots.length === 1
      ? selection.length === 0
        ? t("board.pickOne")
        : ""
      : slot === undefined
        ? ""
        : t("board.pickNext", { market: name, slot });
  return <p className="muted board-hint">{text}</p>;
}

const Row = memo(function Row({
  runner,
  isOpen,
  pick,
  market,
  onPick,
}: {
  readonly runner: Runner;
  readonly isOpen: boolean;
  /** The place on the slip; -1 for none. */
  readonly pick: number;
  readonly market: Draft["market"];
  readonly onPick: (number: number) => void;
}) {
  const { t } = useTranslation("room");
  const { number, name, scratched } = runner;
  const { slots, name: marketName } = useMarkets()[market];
  return (
    <li>
      <button
        type="button"
        className="board-row"
        disabled={!isOpen || scratched}
        aria-pressed={isOpen && pick !== -1}
        data-runner={number}
        onClick={() => onPick(number)}
      >
        <RunnerMark number={number} size={34} dimmed={scratched} />
        <span className="board-name">
          <span className="unseen">{number} </span>
          {name}
          {pick !== -1 && (
            <span className="board-pick">{slots.length === 1 ? marketName : slots[pick]}</span>
          )}
        </span>
        {scratched ? (
          <span className="tag board-scratched">{t("board.scratched")}</span>
        ) : (
          <>
            <FormBars form={runner.form} />
            <Trend number={number} />
            <Share number={number} />
            <Odds number={number} />
          </>
        )}
      </button>
    </li>
  );
});

function FormBars({ form }: { readonly form: Runner["form"] }) {
  const { t } = useTranslation("room");
  return (
    <span className="board-form">
      {ABILITIES.map(([ability, short]) => {
        const text = t("board.ability", { ability: t(`board.${ability}`), value: form[ability] });
        return (
          <span key={ability} className="board-ability" title={text}>
            <span className="unseen">{text},</span>
            <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              <rect className="board-back" width="100" height="6" />
              <rect width={(form[ability] / FORM_MAX) * 100} height="6" />
            </svg>
            <span className="figure" aria-hidden="true">
              <span className="board-short">{t(`board.${short}`)} </span>
              {form[ability]}
            </span>
          </span>
        );
      })}
    </span>
  );
}

const Trend = memo(function Trend({ number }: { readonly number: number }) {
  const { t } = useTranslation("room");
  const format = useFormat();
  const trail = useOddsTrail();
  const along = useMemo(() => oddsAlong(trail, number), [trail, number]);
  const [first, last] = [along[0], along.at(-1)];
  if (first === undefined || last === undefined) return <span className="board-trend" />;
  const text = t("board.trend", { from: format.number(first, 2), to: format.number(last, 2) });
  return (
    <span className="board-trend" title={text}>
      <Sparkline values={along} />
    </span>
  );
});

function Share({ number }: { readonly number: number }) {
  const { t } = useTranslation("room");
  const format = useFormat();
  // In thousandths, so that a change which would not be seen is none.
  const perMille = useRoom(({ lobby: { lobby } }) =>
    lobby === null ? 0 : Math.round((sharesOf(lobby.odds).get(number) ?? 0) * 1000),
  );
  const text = format.percent(perMille / 1000, 1);
  return (
    <span className="board-share" title={t("board.shareOf", { share: text })}>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className="board-back" width="100" height="6" />
        <rect width={perMille / 10} height="6" />
      </svg>
      <span className="figure">
        {text}
        <span className="unseen">,</span>
      </span>
    </span>
  );
}

function Odds({ number }: { readonly number: number }) {
  const { t } = useTranslation("room");
  const format = useFormat();
  const odds = useRoom((state) => state.lobby.lobby?.odds[number]);
  const move = useRoom((state) => state.lobby.oddsMoves[number]);
  return (
    <span className="board-odds figure" data-move={move}>
      {move !== undefined && (
        <>
          <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
            <path d={move === "shortened" ? "M5 9 .5 2h9z" : "M5 1 9.5 8h-9z"} />
          </svg>
          <span className="unseen">{t(`board.${move}`)},</span>
        </>
      )}
      <span className="unseen">
        {t("board.oddsOf", { odds: odds === undefined ? "–" : format.odds(odds) })}
      </span>
      <span aria-hidden="true">{odds === undefined ? "–" : format.odds(odds)}</span>
    </span>
  );
}
