import "./Scrubber.css";
import type { JournalEntryBody } from "../../../../rpc/http/admin.ts";
import { formatCount, formatMoment } from "../figures.ts";
import { useAdmin } from "../useAdmin.ts";

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
      aria-label="Versions"
      data-version={shownVersion}
      data-following={isFollowing}
    >
      <div className="scrubber-text">
        <p>
          <strong className="figure">Version {formatCount(version)}</strong>{" "}
          <span className="muted figure">of {formatCount(newestVersion)}</span>
        </p>
        {entry !== undefined && (
          <p className="scrubber-entry">
            <span className="mono">{entry.command}</span>{" "}
            <time className="muted figure" dateTime={entry.at}>
              {formatMoment(Date.parse(entry.at), nowMs)}
            </time>
          </p>
        )}
        {isFollowing ? (
          <p className="scrubber-now tag is-good">follows the newest</p>
        ) : (
          <button
            type="button"
            className="button is-small scrubber-now"
            onClick={() => onGo(newestVersion, "push")}
          >
            Back to now
          </button>
        )}
      </div>
      <div className="scrubber-controls">
        {step("First version", 1, "⇤")}
        {step("Previous version", version - 1, "←")}
        <input
          type="range"
          className="scrubber-range"
          aria-label="Version"
          aria-valuetext={`${version} of ${newestVersion}${entry === undefined ? "" : `, ${entry.command}`}`}
          min={1}
          max={newestVersion}
          value={version}
          onChange={(event) => onGo(Number(event.target.value), "replace")}
        />
        {step("Next version", version + 1, "→")}
        {step("Newest version", newestVersion, "⇥")}
      </div>
      <p className="scrubber-keys muted">
        <kbd>←</kbd> <kbd>→</kbd> one version, with <kbd>Shift</kbd> ten
      </p>
    </section>
  );
}
