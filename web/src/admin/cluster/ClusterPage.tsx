import "./ClusterPage.css";
import { useEffect, useState } from "react";
import { Figure } from "../Figure.tsx";
import { Waiting } from "../Waiting.tsx";
import { formatCount, formatRate } from "../figures.ts";
import { useAdmin } from "../useAdmin.ts";
import { kindTotals, presentMembers, totalAppendsPerS } from "./ClusterState.ts";
import type { ClusterState } from "./ClusterState.ts";
import { Kinds } from "./Kinds.tsx";
import { NewsList } from "./NewsList.tsx";
import { ProcessCard } from "./ProcessCard.tsx";
import { Sometimes } from "./Sometimes.tsx";
import { ShardStrip } from "./ShardStrip.tsx";
import { Throughput } from "./Throughput.tsx";
import { NOT_SUPERVISED } from "./supervision.ts";

/** Every process of the cluster, as it is now and was within the last minute. */
export function ClusterPage() {
  const { state } = useAdmin();
  useEffect(() => {
    document.title = "Cluster · Croupier";
  }, []);
  if (state.cluster === null) {
    return state.lost === null ? (
      <Waiting>Asking the cluster…</Waiting>
    ) : (
      <Waiting>The cluster cannot be shown before a process answers.</Waiting>
    );
  }
  const members = [...state.members.values()];
  return (
    <>
      <div className="page-head">
        <h1>Cluster</h1>
        <AddProcess canSupervise={state.cluster.can_supervise} />
      </div>
      <div className="cluster" data-stale={state.lost !== null}>
        <Totals state={state} />
        <div className="cluster-charts">
          <Throughput state={state} />
          <div className="cluster-aside">
            <ShardStrip state={state} />
            <NewsList news={state.news} />
          </div>
        </div>
        <section aria-labelledby="processes-title">
          <h2 id="processes-title" className="unseen">
            Processes
          </h2>
          <ul className="cluster-processes">
            {members.map((member) => (
              <li key={member.process.process_id}>
                <ProcessCard member={member} state={state} />
              </li>
            ))}
          </ul>
        </section>
        <div className="cluster-below">
          <Kinds state={state} />
          <Sometimes members={presentMembers(state)} />
        </div>
      </div>
    </>
  );
}

function Totals({ state }: { readonly state: ClusterState }) {
  const members = presentMembers(state);
  const count = (kind: string) => members.filter(({ process }) => process.state === kind).length;
  const heard = members.filter(({ process }) => process.state !== "silent");
  const sum = (of: (process: (typeof heard)[number]["process"]) => number) =>
    heard.reduce((total, { process }) => total + of(process), 0);
  const kinds = kindTotals(state);
  const silent = count("silent");
  const draining = count("draining");
  const shards = state.cluster?.shards ?? { total: 0, held: 0 };
  return (
    <dl className="totals" aria-label="The cluster as a whole">
      <Total
        name="Processes"
        value={count("up")}
        format={formatCount}
        note={
          silent > 0 ? `up · ${silent} silent` : draining > 0 ? `up · ${draining} draining` : "up"
        }
        tone={silent > 0 ? "bad" : draining > 0 ? "note" : null}
      />
      <Total
        name="Throughput"
        value={totalAppendsPerS(state)}
        format={formatRate}
        note="appends/s"
      />
      <Total
        name="Shards held"
        value={shards.held}
        format={formatCount}
        note={`of ${formatCount(shards.total)}`}
        tone={shards.held < shards.total ? "note" : null}
      />
      <Total
        name="Live entities"
        value={kinds.reduce((total, { live }) => total + live, 0)}
        format={formatCount}
        note="in memory"
      />
      <Total
        name="Waiting"
        value={
          kinds.reduce((total, { depth }) => total + depth, 0) +
          sum((process) => process.commit_depth)
        }
        format={formatCount}
        note="messages, appends"
      />
      <Total
        name="Sockets"
        value={sum((process) => process.sockets)}
        format={formatCount}
        note="clients"
      />
    </dl>
  );
}

function Total({
  name,
  value,
  format,
  note,
  tone = null,
}: {
  readonly name: string;
  readonly value: number | null;
  readonly format: (value: number) => string;
  readonly note: string;
  readonly tone?: "bad" | "note" | null;
}) {
  return (
    <div className="total" data-total={name} data-tone={tone ?? undefined}>
      <dt>{name}</dt>
      <dd>
        <strong>
          <Figure value={value} format={format} />
        </strong>{" "}
        <span className="total-note">{note}</span>
      </dd>
    </div>
  );
}

function AddProcess({ canSupervise }: { readonly canSupervise: boolean }) {
  const { client, refresh } = useAdmin();
  const [isAsking, setIsAsking] = useState(false);
  const [said, setSaid] = useState<{ readonly isBad: boolean; readonly text: string } | null>(null);
  const add = async () => {
    if (!canSupervise || isAsking) return;
    setIsAsking(true);
    setSaid(null);
    const answer = await client.addProcess();
    setIsAsking(false);
    setSaid(
      answer.ok
        ? { isBad: false, text: "One more is starting. It joins within seconds." }
        : { isBad: true, text: answer.problem.detail },
    );
    refresh();
  };
  return (
    <div className="add-process">
      {said !== null && (
        <p className={said.isBad ? "add-said is-bad" : "add-said"} role="status">
          {said.text}
        </p>
      )}
      {!canSupervise && (
        <p id="not-supervised" className="add-said">
          {NOT_SUPERVISED}
        </p>
      )}
      <button
        type="button"
        className="button"
        aria-disabled={!canSupervise || isAsking}
        aria-describedby={canSupervise ? undefined : "not-supervised"}
        onClick={() => void add()}
      >
        <span aria-hidden="true">+</span> Add a process
      </button>
    </div>
  );
}
