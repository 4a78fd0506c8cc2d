import "./ProcessCard.css";
import { useId, useState } from "react";
import type { ReactNode } from "react";
import type { ProcessAction } from "../../../../rpc/http/admin.ts";
import { Confirm } from "../Confirm.tsx";
import { Figure } from "../Figure.tsx";
import { formatBytes, formatCount, formatMs, formatRate, formatSpan, spaced } from "../figures.ts";
import { useAdmin } from "../useAdmin.ts";
import { NEWCOMER_MS } from "./ClusterState.ts";
import type { ClusterState, Member } from "./ClusterState.ts";
import { Sparkline } from "./Sparkline.tsx";
import { ACTIONS, ACTION_TEXTS, blockerOf, needsConfirmation } from "./supervision.ts";

/** A turn of the event loop that lasts longer is felt by players; one of the second length moves entities away. */
const SLOW_LOOP_MS = 100;
const STUCK_LOOP_MS = 1_000;
/** A commit takes some milliseconds; one in a hundred above this is felt by players. */
const SLOW_COMMIT_MS = 100;

/** One process: who it is, how it does, what it holds, and what can be done to it. */
export function ProcessCard({
  member,
  state,
}: {
  readonly member: Member;
  readonly state: ClusterState;
}) {
  const { process, colour, goneMs, joinedMs, heardMs, appendsPerS } = member;
  const titleId = useId();
  const { nowMs } = state;
  const condition = goneMs === null ? process.state : "gone";
  const isNew = condition === "up" && joinedMs !== null && nowMs - joinedMs < NEWCOMER_MS;
  const total = state.cluster?.shards.total ?? 0;
  const share = total === 0 ? 0 : process.shards / total;
  const mailboxes = process.kinds.reduce((sum, { depth }) => sum + depth, 0);
  const kinds = process.kinds.toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
  const upMs = Date.parse(process.at) - Date.parse(process.started_at);
  return (
    <article
      className="panel process"
      data-process={process.name}
      data-state={condition}
      data-colour={colour}
      data-new={isNew}
      aria-labelledby={titleId}
    >
      <div className="process-head">
        <h3 id={titleId}>
          <span className="swatch" aria-hidden="true" /> {process.name}
        </h3>
        <StateTag condition={condition} />
        {isNew && <span className="tag is-note">just joined</span>}
        {process.is_self && <span className="tag">serves this page</span>}
        <span className="process-uptime muted figure">
          {condition === "gone" ? "" : `up ${formatSpan(upMs)}`}
        </span>
      </div>
      <p className="process-address muted">
        <a href={`${process.url}/#/admin/cluster`}>{process.url.replace(/^https?:\/\//, "")}</a> ·
        pid {process.pid} · release {process.release}
      </p>
      {condition === "silent" && (
        <p className="process-silence notice is-bad">
          Not heard of for {formatSpan(Math.max(0, nowMs - heardMs))}. What stands here is from
          before.
        </p>
      )}
      {condition === "draining" && (
        <p className="process-silence notice">Hands over its entities, then ends.</p>
      )}
      {condition === "gone" && (
        <p className="process-silence notice is-bad">
          It has ended. Others take over what it held.
        </p>
      )}
      <div className="process-figures">
        <div className="process-rate">
          <p>
            <strong data-figure="throughput">
              <Figure value={appendsPerS} format={formatRate} />
            </strong>
            <span className="muted"> appends/s</span>
          </p>
          <Sparkline beats={state.beats} processId={process.process_id} />
        </div>
        <div className="process-shards">
          <p>
            <strong data-figure="shards">
              <Figure value={process.shards} format={formatCount} />
            </strong>
            <span className="muted figure"> of {formatCount(total)} shards</span>
          </p>
          <span className="process-bar" aria-hidden="true">
            <span style={{ width: `${share * 100}%` }} />
          </span>
        </div>
        <dl className="process-grid">
          <Reading name="Commit p50">
            <Figure value={process.commit_ms.p50} format={formatMs} /> ms
          </Reading>
          <Reading name="Commit p99" tone={process.commit_ms.p99 > SLOW_COMMIT_MS ? "note" : null}>
            <Figure value={process.commit_ms.p99} format={formatMs} /> ms
          </Reading>
          <Reading
            name="Loop delay"
            tone={
              process.loop_delay_ms > STUCK_LOOP_MS
                ? "bad"
                : process.loop_delay_ms > SLOW_LOOP_MS
                  ? "note"
                  : null
            }
          >
            <Figure value={process.loop_delay_ms} format={formatMs} /> ms
          </Reading>
          <Reading name="Mailboxes">
            <Figure value={mailboxes} format={formatCount} />
          </Reading>
          <Reading name="To commit">
            <Figure value={process.commit_depth} format={formatCount} />
          </Reading>
          <Reading name="Letters out">
            <Figure value={process.letters_in_flight} format={formatCount} />
          </Reading>
          <Reading name="Leases">
            <Figure value={process.leases} format={formatCount} />
          </Reading>
          <Reading name="Sockets">
            <Figure value={process.sockets} format={formatCount} />
          </Reading>
          <Reading name="Memory">
            <Figure value={process.memory_bytes} format={formatBytes} />
          </Reading>
        </dl>
        <ul className="process-kinds" aria-label="Live entities by kind">
          {kinds.map(({ kind, live }) => (
            <li key={kind}>
              <span className="muted">{kind}</span> <Figure value={live} format={formatCount} />
            </li>
          ))}
          {process.singletons.map((name) => (
            <li key={name} className="tag" title="Runs once in the cluster, and here">
              {spaced(name)}
            </li>
          ))}
        </ul>
      </div>
      <Actions member={member} canSupervise={state.cluster?.can_supervise === true} />
    </article>
  );
}

function StateTag({ condition }: { readonly condition: string }) {
  const tone = { up: "is-good", draining: "is-note", silent: "is-bad", gone: "is-bad" }[condition];
  return <span className={`tag ${tone ?? ""}`}>{condition}</span>;
}

function Reading({
  name,
  tone = null,
  children,
}: {
  readonly name: string;
  readonly tone?: "bad" | "note" | null;
  readonly children: ReactNode;
}) {
  return (
    <div data-tone={tone ?? undefined}>
      <dt>{name}</dt>
      <dd className="figure">{children}</dd>
    </div>
  );
}

function Actions({
  member,
  canSupervise,
}: {
  readonly member: Member;
  readonly canSupervise: boolean;
}) {
  const { client, refresh } = useAdmin();
  const { name, process_id: processId } = member.process;
  const [asking, setAsking] = useState<ProcessAction | null>(null);
  const [said, setSaid] = useState<{ readonly isBad: boolean; readonly text: string } | null>(null);

  const act = async (action: ProcessAction) => {
    setSaid({ isBad: false, text: ACTION_TEXTS[action].asked });
    const answer = await client.act(processId, action);
    setSaid(answer.ok ? null : { isBad: true, text: answer.problem.detail });
    refresh();
  };
  const press = (action: ProcessAction) => {
    if (blockerOf(action, member, canSupervise) !== null) return;
    if (needsConfirmation(action, member)) setAsking(action);
    else void act(action);
  };

  return (
    <div className="process-actions">
      <div role="group" aria-label={`Control ${name}`}>
        {ACTIONS.map((action) => {
          const blocker = blockerOf(action, member, canSupervise);
          return (
            <button
              key={action}
              type="button"
              className={`button is-small${action === "kill" ? " is-danger" : ""}`}
              aria-disabled={blocker !== null}
              aria-label={`${ACTION_TEXTS[action].label} ${name}`}
              aria-description={blocker ?? undefined}
              title={blocker ?? ACTION_TEXTS[action].means}
              onClick={() => press(action)}
            >
              {ACTION_TEXTS[action].label}
            </button>
          );
        })}
      </div>
      <p className={said?.isBad === true ? "process-said is-bad" : "process-said"} role="status">
        {said?.text ?? ""}
      </p>
      {asking !== null && (
        <Confirm
          title={`${ACTION_TEXTS[asking].label} ${name}?`}
          action={`${ACTION_TEXTS[asking].label} ${name}`}
          onConfirm={() => void act(asking)}
          onClose={() => setAsking(null)}
        >
          <p>{ACTION_TEXTS[asking].means}</p>
          {member.process.shards > 0 && asking !== "pause" && (
            <p>Its {formatCount(member.process.shards)} shards go to the other processes.</p>
          )}
          {member.process.is_self && (
            <p>
              <strong>It serves this page,</strong> which will lose its connection. Another process
              can be asked instead.
            </p>
          )}
        </Confirm>
      )}
    </div>
  );
}
