/** Hand histories, dropped on the page or picked, sent to the server and read there. */
import "./Import.css";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { useSession } from "../app/useSeat.ts";
import { PokerNav } from "../hands/PokerNav.tsx";
import { useFormat } from "../i18n/useFormat.ts";
import { Blank } from "../shell/Blank.tsx";
import { PageHead } from "../shell/PageHead.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { DropZone } from "./DropZone.tsx";
import { ImportItem } from "./ImportItem.tsx";
import { totalsOf } from "./importQueue.ts";
import type { Item, Totals } from "./importQueue.ts";
import { RefusedHands } from "./RefusedHands.tsx";
import { useBytes } from "./useBytes.ts";
import { useImport } from "./useImport.ts";

/** Of a folder with thousands of files those that are under way and the last ones are listed. */
const LISTED = 200;

export default function HandImportPage() {
  const { t } = useTranslation("handImport");
  const isSeated = useSession() !== null;
  const { add, cancel, items, retry } = useImport();
  const totals = totalsOf(items);
  const hasFailed = items.some(
    ({ state }) => state.kind === "failed" || state.kind === "cancelled",
  );
  useTitle(t("title"));
  return (
    <main className="page is-stack import" id="main" tabIndex={-1}>
      <PokerNav />
      <PageHead title={t("title")} lead={t("lead")} />
      {isSeated ? (
        <DropZone onFiles={add} />
      ) : (
        <Blank icon="account" title={t("door.title")} meaning={t("door.why")}>
          <Link className="button is-main" href={paths.home}>
            {t("takeSeat", { ns: "shell" })}
          </Link>
        </Blank>
      )}
      {items.length > 0 && (
        <>
          <Progress
            totals={totals}
            onCancel={cancel}
            onRetry={hasFailed && !totals.isRunning ? retry : null}
          />
          <RefusedHands items={items} />
          <section className="panel" aria-labelledby="import-files">
            <div className="panel-head">
              <h2 id="import-files">{t("files")}</h2>
              {items.length > LISTED && (
                <span className="muted">{t("listed", { count: LISTED })}</span>
              )}
            </div>
            <ol className="import-items">
              {listed(items).map((item) => (
                <ImportItem key={item.id} item={item} />
              ))}
            </ol>
          </section>
        </>
      )}
    </main>
  );
}

function Progress({
  totals,
  onCancel,
  onRetry,
}: {
  readonly totals: Totals;
  readonly onCancel: () => void;
  readonly onRetry: (() => void) | null;
}) {
  const { t } = useTranslation("handImport");
  const { number } = useFormat();
  const size = useBytes();
  const { bytes, duplicates, ended, failed, files, imported, isRunning, refused, sentBytes } =
    totals;
  const figures = [
    ["imported", imported],
    ["duplicates", duplicates],
    ["refused", refused],
    ...(totals.summaries > 0 ? [["summaries", totals.summaries] as const] : []),
  ] as const;
  return (
    <section
      className="panel import-progress"
      aria-labelledby="import-progress"
      data-running={isRunning}
    >
      <div className="panel-head">
        <h2 id="import-progress" role="status">
          {isRunning
            ? t("progress.running", { count: files, ended: number(ended), files: number(files) })
            : failed > 0
              ? t("progress.endedFailed", { count: failed, failed: number(failed) })
              : t("progress.ended", { count: files, files: number(files) })}
        </h2>
        <span className="muted figure">
          {t("progress.bytes", { sent: size(sentBytes), of: size(bytes) })}
          {totals.hands > 0 &&
            ` · ${t("hands", { count: totals.hands, hands: number(totals.hands) })}`}
        </span>
      </div>
      <progress
        max={Math.max(1, bytes)}
        value={bytes === 0 ? 1 : sentBytes}
        aria-label={t("progress.label")}
      />
      <dl className="import-figures">
        {figures.map(([name, value]) => (
          <div key={name} data-figure={name} data-value={value}>
            <dt>{t(`figure.${name}`)}</dt>
            <dd className="figure">{number(value)}</dd>
          </div>
        ))}
      </dl>
      <p className="import-acts">
        {isRunning && (
          <button type="button" className="button is-small" onClick={onCancel}>
            {t("cancel")}
          </button>
        )}
        {onRetry !== null && (
          <button type="button" className="button is-small" onClick={onRetry}>
            {t("again")}
          </button>
        )}
        {!isRunning && imported + duplicates > 0 && (
          <>
            <Link className="button is-main is-small" href={paths.hands}>
              {t("toHands")}
            </Link>
            <Link className="button is-small" href={paths.handPlayers}>
              {t("toPlayers")}
            </Link>
          </>
        )}
      </p>
    </section>
  );
}

/** What is under way or did not come through is never left out. */
function listed(items: readonly Item[]): readonly Item[] {
  if (items.length <= LISTED) return items;
  const told = items.filter(({ state }) => state.kind === "sending" || state.kind === "failed");
  const rest = items.filter(({ state }) => state.kind !== "sending" && state.kind !== "failed");
  return [...told, ...rest].slice(0, LISTED).toSorted((a, b) => a.id - b.id);
}
