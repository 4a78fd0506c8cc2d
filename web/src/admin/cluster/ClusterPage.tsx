import "./ClusterPage.css";
import { useState } from "react";
import { useTitle } from "../../shell/useTitle.ts";
import { Figure } from "../Figure.tsx";
import { Waiting } from "../Waiting.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { useFigures } from "../useFigures.ts";
import { kindTotals, presentMembers, totalAppendsPerS } from "./ClusterState.ts";
import type { ClusterState } from "./ClusterState.ts";
import { Kinds } from "./Kinds.tsx";
import { NewsList } from "./NewsList.tsx";
import { ProcessCard } from "./ProcessCard.tsx";
import { ProcessTable } from "./ProcessTable.tsx";
import { ShardStrip } from "./ShardStrip.tsx";
import { Sometimes } from "./Sometimes.tsx";
import { Throughput } from "./Throughput.tsx";
import { ViewToggle } from "./ViewToggle.tsx";
import { keepView, keptView } from "./view.ts";

/** Every process of the cluster, as it is now and was within the last minute. */
export function ClusterPage() {
  const { state } = useAdmin();
  const { t } = useAdminText();
  const [view, setView] = useState(() => keptView(localStorage));
  useTitle(t("cluster.title"));
  if (state.cluster === null) {
    return <Waiting>{t(state.lost === null ? "cluster.asking" : "cluster.notYet")}</Waiting>;
  }
  const members = [...state.members.values()];
  return (
    <>
      <div className="page-head">
        <h1>{t("cluster.title")}</h1>
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
          <div className="cluster-processes-head">
            <h2 id="processes-title">{t("cluster.processes")}</h2>
            <ViewToggle
              view={view}
              onChoose={(next) => {
                keepView(localStorage, next);
                setView(next);
              }}
            />
          </div>
          {view === "table" ? (
            <ProcessTable members={members} state={state} />
          ) : (
            <ul className="cluster-processes">
              {members.map((member) => (
                <li key={member.process.process_id}>
                  <ProcessCard member={member} state={state} />
                </li>
              ))}
            </ul>
          )}
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
  const { t } = useAdminText();
  const figures = useFigures();
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
    <dl className="totals" aria-label={t("cluster.totals.label")}>
      <Total
        id="processes"
        value={count("up")}
        format={figures.count}
        note={
          silent > 0
            ? t("cluster.totals.upSilent", { silent })
            : draining > 0
              ? t("cluster.totals.upDraining", { draining })
              : t("cluster.totals.up")
        }
        tone={silent > 0 ? "bad" : draining > 0 ? "note" : null}
      />
      <Total
        id="throughput"
        value={totalAppendsPerS(state)}
        format={figures.rate}
        note={t("cluster.totals.perSecond")}
      />
      <Total
        id="shards"
        value={shards.held}
        format={figures.count}
        note={t("cluster.totals.ofShards", { total: figures.count(shards.total) })}
        tone={shards.held < shards.total ? "note" : null}
      />
      <Total
        id="entities"
        value={kinds.reduce((total, { live }) => total + live, 0)}
        format={figures.count}
        note={t("cluster.totals.inMemory")}
      />
      <Total
        id="waiting"
        value={
          kinds.reduce((total, { depth }) => total + depth, 0) +
          sum((process) => process.commit_depth)
        }
        format={figures.count}
        note={t("cluster.totals.messages")}
      />
      <Total
        id="sockets"
        value={sum((process) => process.sockets)}
        format={figures.count}
        note={t("cluster.totals.clients")}
      />
    </dl>
  );
}

function Total({
  id,
  value,
  format,
  note,
  tone = null,
}: {
  readonly id: "processes" | "throughput" | "shards" | "entities" | "waiting" | "sockets";
  readonly value: number | null;
  readonly format: (value: number) => string;
  readonly note: string;
  readonly tone?: "bad" | "note" | null;
}) {
  const { t } = useAdminText();
  return (
    <div className="total" data-total={id} data-tone={tone ?? undefined}>
      <dt>{t(`cluster.totals.${id}`)}</dt>
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
  const { t } = useAdminText();
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
        ? { isBad: false, text: t("cluster.adding") }
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
          {t("cluster.notSupervised")}
        </p>
      )}
      <button
        type="button"
        className="button"
        aria-disabled={!canSupervise || isAsking}
        aria-describedby={canSupervise ? undefined : "not-supervised"}
        onClick={() => void add()}
      >
        <span aria-hidden="true">+</span> {t("cluster.add")}
      </button>
    </div>
  );
}
