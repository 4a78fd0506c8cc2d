import "./EntityPage.css";
import { useEffect, useEffectEvent, useState } from "react";
import type { EntityBody, KindBody } from "../../../../rpc/http/admin.ts";
import { useTitle } from "../../shell/useTitle.ts";
import { Waiting } from "../Waiting.tsx";
import { CommandPanel } from "../command/CommandPanel.tsx";
import { hashOf } from "../route.ts";
import type { AdminRoute } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { useFigures } from "../useFigures.ts";
import { navigate } from "../useRoute.ts";
import { JournalList } from "./JournalList.tsx";
import { Scrubber } from "./Scrubber.tsx";
import { StatePanel } from "./StatePanel.tsx";
import { useEntity } from "./useEntity.ts";
import { useJournal } from "./useJournal.ts";

/** With Shift, the arrow keys go so many versions. */
const STRIDE = 10;

/** One entity: its state at any version, how it came to be, and a word with it. */
export function EntityPage({
  route,
}: {
  readonly route: AdminRoute & { readonly page: "entity" };
}) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const { kind, entityId, version } = route;
  const { shown, problem, refresh } = useEntity(kind, entityId, version);
  const [kinds, setKinds] = useState<readonly KindBody[] | null>(null);
  const journal = useJournal(
    kind,
    entityId,
    shown === null
      ? null
      : {
          version: version ?? shown.entity.version,
          newestVersion: shown.entity.newest_version,
          isFollowing: version === null,
        },
  );
  const newest = shown?.entity.newest_version ?? null;
  const current = version ?? shown?.entity.version ?? null;

  useTitle(`${kind} ${entityId}${version === null ? "" : ` v${version}`}`);
  useEffect(() => {
    let isOpen = true;
    void client.kinds().then((answer) => {
      if (isOpen && answer.ok) setKinds(answer.body.kinds);
    });
    return () => {
      isOpen = false;
    };
  }, [client]);

  const go = (to: number, how: "push" | "replace") => {
    if (newest === null) return;
    const bounded = Math.min(newest, Math.max(1, to));
    navigate({ page: "entity", kind, entityId, version: bounded === newest ? null : bounded }, how);
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || current === null || isTyping(event) || hasModifier(event)) return;
    event.preventDefault();
    go(current + step * (event.shiftKey ? STRIDE : 1), "replace");
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);

  const isUnwritten = shown === null && problem?.code === "not_found";
  return (
    <>
      <div className="page-head">
        <h1 className="entity-title">
          <a href={hashOf({ page: "entities", kind, prefix: "" })}>{kind}</a>
          <span aria-hidden="true">/</span>
          <span className="mono">{entityId}</span>
        </h1>
        {shown !== null && <Facts entity={shown.entity} />}
      </div>
      {shown !== null && problem !== null && (
        <p className="notice is-bad entity-problem" role="alert">
          <span>
            {problem.detail}{" "}
            {problem.code === "version_not_found" && (
              <a href={hashOf({ page: "entity", kind, entityId, version: null })}>
                {t("entity.showNewest")}
              </a>
            )}
          </span>
        </p>
      )}
      {shown !== null && current !== null && (
        <Scrubber
          version={current}
          shownVersion={shown.entity.version}
          newestVersion={shown.entity.newest_version}
          isFollowing={version === null}
          entry={journal.block.find((entry) => entry.version === current)}
          onGo={go}
        />
      )}
      {shown === null && problem === null && (
        <Waiting>{t("entity.asking", { id: entityId })}</Waiting>
      )}
      {shown === null && problem !== null && (
        <div className={isUnwritten ? "empty" : "notice is-bad"} role="alert">
          <p>
            {problem.detail} {isUnwritten && t("entity.makesIt")}{" "}
            {problem.code === "version_not_found" && (
              <a href={hashOf({ page: "entity", kind, entityId, version: null })}>
                {t("entity.showNewest")}
              </a>
            )}
          </p>
        </div>
      )}
      <div className="entity-columns">
        {shown !== null && <StatePanel shown={shown} />}
        <div className="entity-side">
          <CommandPanel
            kind={kind}
            entityId={entityId}
            contract={kinds?.find((each) => each.kind === kind) ?? null}
            isOpenFirst={isUnwritten}
            onCarriedOut={() => {
              // What came of it stands at the end.
              navigate({ page: "entity", kind, entityId, version: null });
              refresh();
            }}
          />
          {shown !== null && current !== null && (
            <JournalList
              journal={journal}
              version={current}
              newestVersion={shown.entity.newest_version}
              onGo={go}
            />
          )}
        </div>
      </div>
    </>
  );
}

/** What is true of the entity now, whatever version is shown. */
function Facts({ entity }: { readonly entity: EntityBody }) {
  const { state } = useAdmin();
  const { t } = useAdminText();
  const figures = useFigures();
  const isPaused = state.cluster?.paused_kinds.includes(entity.kind) === true;
  const { nowMs } = state;
  const dueMs = entity.alarm_due_at === null ? null : Date.parse(entity.alarm_due_at);
  const colour =
    entity.owner === null ? undefined : state.members.get(entity.owner.process_id)?.colour;
  return (
    <dl className="entity-facts">
      <div>
        <dt>{t("entity.owner")}</dt>
        <dd data-fact="owner">
          {entity.owner === null ? (
            <span className="tag is-note">{t("entity.ownerUnknown")}</span>
          ) : (
            <span data-colour={colour} className="entity-owner">
              <span className="swatch" aria-hidden="true" /> {entity.owner.name}
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>{t("entity.alarm")}</dt>
        <dd data-fact="alarm" className="figure">
          {dueMs === null ? (
            t("none")
          ) : (
            <time dateTime={entity.alarm_due_at ?? ""} title={figures.moment(dueMs, nowMs)}>
              {dueMs > nowMs
                ? t("entity.alarmIn", { span: figures.span(dueMs - nowMs) })
                : t("entity.alarmDue", { span: figures.span(nowMs - dueMs) })}
            </time>
          )}
        </dd>
      </div>
      {isPaused && (
        <div>
          <dt>{t("entity.kind")}</dt>
          <dd>
            <span className="tag is-note">{t("entity.paused")}</span>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** The arrow keys mean something else there. */
function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  return (
    target instanceof HTMLElement &&
    (target.matches("input, select, textarea, [contenteditable]") ||
      target.closest("dialog") !== null)
  );
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.altKey || event.ctrlKey || event.metaKey;
}
