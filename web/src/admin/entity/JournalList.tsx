import "./JournalList.css";
import { useLayoutEffect, useRef, useState } from "react";
import type { JournalEntryBody } from "../../../../rpc/http/admin.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { useFigures } from "../useFigures.ts";
import { unmarked } from "./compare.ts";
import { isObject } from "./json.ts";
import type { Json } from "./json.ts";
import { StateTree } from "./StateTree.tsx";
import type { Journal } from "./useJournal.ts";

/** As many as a page of the journal has, so that the page above is joined without a gap. */
const PAGE_ENTRIES = 50;

/** What the entity was told, newest first: pressing an entry shows the state right after it. */
export function JournalList({
  journal,
  version,
  newestVersion,
  onGo,
}: {
  readonly journal: Journal;
  readonly version: number;
  readonly newestVersion: number;
  readonly onGo: (version: number, how: "push" | "replace") => void;
}) {
  const { t } = useAdminText();
  const { block, problem, read } = journal;
  const listRef = useRef<HTMLOListElement>(null);
  const isLoaded = block.some((entry) => entry.version === version);
  useLayoutEffect(() => {
    // Within the list alone: the page stays where the reader has it.
    const list = listRef.current;
    if (list === null || !isLoaded) return;
    const row = list.querySelector<HTMLElement>(`[data-entry="${version}"]`);
    if (row === null) return;
    const above = row.offsetTop - list.offsetTop;
    const isBelow = above + row.offsetHeight > list.scrollTop + list.clientHeight;
    if (above < list.scrollTop || isBelow) {
      list.scrollTop = above - (list.clientHeight - row.offsetHeight) / 2;
    }
  }, [version, isLoaded]);
  const newest = block[0]?.version ?? 0;
  const oldest = block.at(-1)?.version ?? 1;
  const { nowMs } = useAdmin().state;
  return (
    <section className="panel journal" aria-labelledby="journal-title">
      <div className="panel-head">
        <h2 id="journal-title">{t("journal.title")}</h2>
        <span className="muted">{t("journal.newestFirst")}</span>
      </div>
      {problem !== null && <ProblemNotice problem={problem} />}
      <ol ref={listRef} tabIndex={-1}>
        {newest < newestVersion && block.length > 0 && (
          <li className="journal-more">
            <button
              type="button"
              className="button is-small"
              onClick={() => read(newest + PAGE_ENTRIES + 1)}
            >
              {t("journal.newer")}
            </button>
          </li>
        )}
        {block.map((entry) => (
          <Entry
            key={entry.version}
            entry={entry}
            isCurrent={entry.version === version}
            nowMs={nowMs}
            onGo={onGo}
          />
        ))}
        {oldest > 1 && (
          <li className="journal-more">
            <button type="button" className="button is-small" onClick={() => read(oldest)}>
              {t("journal.older")}
            </button>
          </li>
        )}
      </ol>
    </section>
  );
}

function Entry({
  entry,
  isCurrent,
  nowMs,
  onGo,
}: {
  readonly entry: JournalEntryBody;
  readonly isCurrent: boolean;
  readonly nowMs: number;
  readonly onGo: (version: number, how: "push" | "replace") => void;
}) {
  const { t } = useAdminText();
  const figures = useFigures();
  const { version, command, reply, by, at, events } = entry;
  const [isOpen, setIsOpen] = useState(false);
  const isOwn = reply === null;
  return (
    <li
      data-entry={version}
      data-refused={reply?.ok === false}
      aria-current={isCurrent ? "true" : undefined}
    >
      <button
        type="button"
        className="journal-entry"
        aria-label={t("journal.entry", {
          version,
          command,
          outcome:
            reply === null
              ? t("journal.itsOwnStep")
              : reply.ok
                ? t("journal.accepted")
                : t("journal.refused", { tag: reply.error.tag }),
        })}
        onClick={() => onGo(version, "push")}
      >
        <span className="journal-version figure">{version}</span>
        <span className="journal-command">
          <span className="mono">{command}</span>{" "}
          {isOwn ? (
            <span className="tag">{t("journal.ownStep")}</span>
          ) : reply.ok ? (
            <span className="tag is-good">{t("journal.ok")}</span>
          ) : (
            <span className="tag is-bad">{reply.error.tag}</span>
          )}
        </span>
        <span className="journal-who muted">
          {by === null ? t("journal.byItself") : t("journal.by", { name: by })} ·{" "}
          <time className="figure" dateTime={at}>
            {figures.moment(Date.parse(at), nowMs)}
          </time>
        </span>
        {reply?.ok === false && <span className="journal-reason">{reply.error.message}</span>}
      </button>
      <details
        className="journal-details"
        onToggle={(event) => setIsOpen(event.currentTarget.open)}
      >
        <summary>
          {events.length === 0
            ? t("journal.noEvents")
            : events.map((event) => tagOf(event as Json) ?? t("journal.event")).join(", ")}
        </summary>
        {isOpen && <Details entry={entry} />}
      </details>
    </li>
  );
}

/** Made when it is opened, for there are as many as entries. */
function Details({ entry }: { readonly entry: JournalEntryBody }) {
  const { t } = useAdminText();
  const { events, reply } = entry;
  return (
    <>
      {events.map((event, index) => (
        // Events have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="journal-event">
          <p className="mono">{tagOf(event as Json) ?? t("journal.event")}</p>
          <StateTree root={unmarked(withoutTag(event as Json))} label={t("journal.eventLabel")} />
        </div>
      ))}
      <dl className="journal-ids">
        <div>
          <dt>{t("journal.commandId")}</dt>
          <dd className="mono">{entry.command_id}</dd>
        </div>
        {entry.request_id !== null && (
          <div>
            <dt>{t("journal.requestId")}</dt>
            <dd className="mono">{entry.request_id}</dd>
          </div>
        )}
      </dl>
      {reply !== null && (
        <>
          <p className="journal-reply-title">{t("journal.reply")}</p>
          <StateTree
            root={unmarked((reply.ok ? reply.value : reply.error.fields) as Json)}
            label={t("journal.reply")}
          />
        </>
      )}
    </>
  );
}

function tagOf(event: Json): string | null {
  const tag = isObject(event) ? event["_tag"] : undefined;
  return typeof tag === "string" ? tag : null;
}

/** The tag stands above already. */
function withoutTag(event: Json): Json {
  if (!isObject(event)) return event;
  const { _tag: _, ...fields } = event;
  return fields;
}
