import "./ProcessCard.css";
import { useId } from "react";
import type { ReactNode } from "react";
import { Figure } from "../Figure.tsx";
import { spaced } from "../figures.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useFigures } from "../useFigures.ts";
import type { ClusterState, Member } from "./ClusterState.ts";
import { ProcessActions } from "./ProcessActions.tsx";
import { Sparkline } from "./Sparkline.tsx";
import { StateTag } from "./StateTag.tsx";
import { conditionOf, isNewcomer, toneOf } from "./condition.ts";

/** One process: who it is, how it does, what it holds, and what can be done to it. */
export function ProcessCard({
  member,
  state,
}: {
  readonly member: Member;
  readonly state: ClusterState;
}) {
  const { t } = useAdminText();
  const figures = useFigures();
  const { process, colour, heardMs, appendsPerS } = member;
  const titleId = useId();
  const { nowMs } = state;
  const condition = conditionOf(member);
  const isNew = isNewcomer(member, nowMs);
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
        {isNew && <span className="tag is-note">{t("process.justJoined")}</span>}
        {process.is_self && <span className="tag">{t("process.isSelf")}</span>}
        <span className="process-uptime muted figure">
          {condition === "gone" ? "" : t("process.uptime", { span: figures.span(upMs) })}
        </span>
      </div>
      <p className="process-address muted">
        <a href={`${process.url}/#/admin/cluster`}>{process.url.replace(/^https?:\/\//, "")}</a> ·{" "}
        {t("process.pid", { pid: process.pid })} ·{" "}
        {t("process.release", { release: process.release })}
      </p>
      {condition === "silent" && (
        <p className="process-silence notice is-bad">
          {t("process.notHeard", { span: figures.span(Math.max(0, nowMs - heardMs)) })}
        </p>
      )}
      {condition === "draining" && <p className="process-silence notice">{t("process.drains")}</p>}
      {condition === "gone" && (
        <p className="process-silence notice is-bad">{t("process.hasEnded")}</p>
      )}
      <div className="process-figures">
        <div className="process-rate">
          <p>
            <strong data-figure="throughput">
              <Figure value={appendsPerS} format={figures.rate} />
            </strong>
            <span className="muted"> {t("process.perSecond")}</span>
          </p>
          <Sparkline beats={state.beats} processId={process.process_id} />
        </div>
        <div className="process-shards">
          <p>
            <strong data-figure="shards">
              <Figure value={process.shards} format={figures.count} />
            </strong>
            <span className="muted figure">
              {" "}
              {t("process.ofShards", { total: figures.count(total) })}
            </span>
          </p>
          <span className="process-bar" aria-hidden="true">
            <span style={{ width: `${share * 100}%` }} />
          </span>
        </div>
        <dl className="process-grid">
          <Reading name={t("process.p50")}>
            <Figure value={process.commit_ms.p50} format={figures.ms} /> ms
          </Reading>
          <Reading name={t("process.p99")} tone={toneOf.commit(process.commit_ms.p99)}>
            <Figure value={process.commit_ms.p99} format={figures.ms} /> ms
          </Reading>
          <Reading name={t("process.loopDelay")} tone={toneOf.loop(process.loop_delay_ms)}>
            <Figure value={process.loop_delay_ms} format={figures.ms} /> ms
          </Reading>
          <Reading name={t("process.mailboxes")}>
            <Figure value={mailboxes} format={figures.count} />
          </Reading>
          <Reading name={t("process.toCommit")}>
            <Figure value={process.commit_depth} format={figures.count} />
          </Reading>
          <Reading name={t("process.letters")}>
            <Figure value={process.letters_in_flight} format={figures.count} />
          </Reading>
          <Reading name={t("process.leases")}>
            <Figure value={process.leases} format={figures.count} />
          </Reading>
          <Reading name={t("process.sockets")}>
            <Figure value={process.sockets} format={figures.count} />
          </Reading>
          <Reading name={t("process.memory")}>
            <Figure value={process.memory_bytes} format={figures.bytes} />
          </Reading>
        </dl>
        <ul className="process-kinds" aria-label={t("process.kinds")}>
          {kinds.map(({ kind, live }) => (
            <li key={kind}>
              <span className="muted">{kind}</span> <Figure value={live} format={figures.count} />
            </li>
          ))}
          {process.singletons.map((name) => (
            <li key={name} className="tag" title={t("process.singleton")}>
              {spaced(name)}
            </li>
          ))}
        </ul>
      </div>
      <ProcessActions member={member} canSupervise={state.cluster?.can_supervise === true} />
    </article>
  );
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
