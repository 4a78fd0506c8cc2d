import "./Scrubber.css";
import type { JournalEntryBody } from "../../../../rpc/http/admin.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { useFigures } from "../useFigures.ts";

/** Moves through the versions: with the slider, the buttons, or the arrow keys anywhere on the page. */
export function Scrubber({
  version,
  shownVersion,
  newestVersion,
  isFollowing,
  entry,
  onGo,
}: {
  readonly version: number;
  /** Whose state is on the page: another one while an answer is on its way. */
  readonly shownVersion: number;
  readonly newestVersion: number;
  readonly isFollowing: boolean;
  /** What made this version, if it is known already. */
  readonly entry: JournalEntryBody | undefined;
  readonly onGo: (version: number, how: "push" | "replace") => void;
}) {
  const { t } = useAdminText();
  const figures = useFigures();
  const step = (label: string, to: number, sign: string) => (
    <button
      type="button"
      className="button is-small"
      aria-label={label}
      title={label}
      aria-disabled={to < 1 || to > newestVersion || to === version}
      onClick={() => {
        if (to >= 1 && to <= newestVersion) onGo(to, "replace");
      }}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
  const { nowMs } = useAdmin().state;
  return (
    <section
      className="panel scrubber"
      aria-label={t("entity.versions")}
      data-version={shownVersion}
      data-following={isFollowing}
    >
      <div className="scrubber-text">
        <p>
          <strong className="figure">
            {t("entity.version", { version: figures.count(version) })}
          </strong>{" "}
          <span className="muted figure">
            {t("entity.ofNewest", { newest: figures.count(newestVersion) })}
          </span>
        </p>
        {entry !== undefined && (
          <p className="scrubber-entry">
            <span className="mono">{entry.command}</span>{" "}
            <time className="muted figure" dateTime={entry.at}>
              {figures.moment(Date.parse(entry.at), nowMs)}
            </time>
          </p>
        )}
        {isFollowing ? (
          <p className="scrubber-now tag is-good">{t("entity.follows")}</p>
        ) : (
          <button
            type="button"
            className="button is-small scrubber-now"
            onClick={() => onGo(newestVersion, "push")}
          >
            {t("entity.backToNow")}
          </button>
        )}
      </div>
      <div className="scrubber-controls">
        {step(t("entity.first"), 1, "⇤")}
        {step(t("entity.previous"), version - 1, "←")}
        <input
          type="range"
          className="scrubber-range"
          aria-label={t("entity.versionLabel")}
          aria-valuetext={`${t("entity.rangeText", { version, newest: newestVersion })}${entry === undefined ? "" : `, ${entry.command}`}`}
          min={1}
          max={newestVersion}
          value={version}
          onChange={(event) => onGo(Number(event.target.value), "replace")}
        />
        {step(t("entity.next"), version + 1, "→")}
        {step(t("entity.newest"), newestVersion, "⇥")}
      </div>
      <p className="scrubber-keys muted">
        <kbd>←</kbd> <kbd>→</kbd> {t("entity.keysStep")} <kbd>Shift</kbd> {t("entity.keysStride")}
      </p>
    </section>
  );
}
