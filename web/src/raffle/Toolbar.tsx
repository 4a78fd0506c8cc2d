import { useId, useState } from "react";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import { Icon } from "../shell/Icon.tsx";
import { numberText, ZOOMS } from "./grid/layout.ts";
import type { Zoom } from "./grid/layout.ts";

/** Numbers at a press. */
const COUNTS = [1, 2, 3, 5, 10] as const;

/** Above the grid: finds a number, picks by chance, looks nearer or from farther away. */
export function Toolbar({
  total,
  zoom,
  onZoom,
  onFind,
  random,
}: {
  readonly total: number;
  readonly zoom: Zoom;
  readonly onZoom: (zoom: Zoom) => void;
  readonly onFind: (number: number) => void;
  /** Picking by chance, where numbers can be picked. */
  readonly random: ReactNode;
}) {
  const { t } = useTranslation("raffle");
  const at = ZOOMS.indexOf(zoom);
  const nearer = ZOOMS[at + 1];
  const farther = ZOOMS[at - 1];
  return (
    <div className="raffle-tools">
      <Find total={total} onFind={onFind} />
      {random}
      <div className="raffle-zoom" role="group" aria-label={t("zoom.label")}>
        <button
          type="button"
          className="button"
          aria-label={t("zoom.farther")}
          title={t("zoom.farther")}
          disabled={farther === undefined}
          onClick={() => farther !== undefined && onZoom(farther)}
        >
          <Sign path="M5 12h14" />
        </button>
        <button
          type="button"
          className="button"
          aria-label={t("zoom.nearer")}
          title={t("zoom.nearer")}
          disabled={nearer === undefined}
          onClick={() => nearer !== undefined && onZoom(nearer)}
        >
          <Sign path="M5 12h14M12 5v14" />
        </button>
      </div>
    </div>
  );
}

function Find({
  total,
  onFind,
}: {
  readonly total: number;
  readonly onFind: (number: number) => void;
}) {
  const { t } = useTranslation("raffle");
  const id = useId();
  const [text, setText] = useState("");
  const [isUnknown, setIsUnknown] = useState(false);
  const find = (event: FormEvent) => {
    event.preventDefault();
    const number = /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : Number.NaN;
    const isThere = number < total;
    setIsUnknown(!isThere);
    if (isThere) onFind(number);
  };
  return (
    <form className="raffle-find" role="search" onSubmit={find}>
      <label className="unseen" htmlFor={id}>
        {t("find.label")}
      </label>
      <input
        id={id}
        className="input figure"
        inputMode="numeric"
        autoComplete="off"
        placeholder={t("find.placeholder")}
        value={text}
        aria-invalid={isUnknown}
        aria-describedby={`${id}-why`}
        onChange={({ target }) => {
          setText(target.value);
          setIsUnknown(false);
        }}
      />
      <button type="submit" className="button" aria-label={t("find.go")} title={t("find.go")}>
        <Icon name="search" size={18} />
      </button>
      <p id={`${id}-why`} className="raffle-find-why" role="status">
        {isUnknown ? t("find.unknown", { first: numberText(0, total), last: total - 1 }) : ""}
      </p>
    </form>
  );
}

/** So many free numbers at once, each as likely as any other. */
export function RandomPicker({
  room,
  onPick,
}: {
  /** How many more may be chosen. */
  readonly room: number;
  readonly onPick: (count: number) => void;
}) {
  const { t } = useTranslation("raffle");
  const { number } = useFormat();
  const id = useId();
  const [wanted, setWanted] = useState<number>(COUNTS[2]);
  const offered = COUNTS.filter((count) => count <= Math.max(1, room));
  const count = Math.min(wanted, offered.at(-1) ?? 1);
  return (
    <div className="raffle-random">
      <label className="unseen" htmlFor={id}>
        {t("random.count")}
      </label>
      <select
        id={id}
        className="input figure"
        value={count}
        disabled={room === 0}
        onChange={({ target }) => setWanted(Number(target.value))}
      >
        {offered.map((count) => (
          <option key={count} value={count}>
            {number(count)}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="button"
        disabled={room === 0}
        onClick={() => onPick(count)}
        data-act="random"
      >
        <Sign path="M4 4h16v16H4zM8.5 8.5h.01M15.5 8.5h.01M12 12h.01M8.5 15.5h.01M15.5 15.5h.01" />
        {t("random.pick")}
      </button>
    </div>
  );
}

function Sign({ path }: { readonly path: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
