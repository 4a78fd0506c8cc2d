import "./ProcessTable.css";
import { Menu } from "@base-ui/react/menu";
import { Figure } from "../Figure.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { useFigures } from "../useFigures.ts";
import type { ClusterState, Member } from "./ClusterState.ts";
import { StateTag } from "./StateTag.tsx";
import { conditionOf, toneOf } from "./condition.ts";
import type { Tone } from "./condition.ts";
import { ACTIONS, ACTION_TEXTS } from "./supervision.ts";
import { useSupervision } from "./useSupervision.tsx";

const COLUMNS = [
  "name",
  "state",
  "appends",
  "shards",
  "live",
  "p50",
  "p99",
  "loopDelay",
  "mailboxes",
  "toCommit",
  "letters",
  "leases",
  "sockets",
  "memory",
  "up",
  "controls",
] as const;

/** A line for each process, to compare many: the same figures as on the cards. */
export function ProcessTable({
  members,
  state,
}: {
  readonly members: readonly Member[];
  readonly state: ClusterState;
}) {
  const { t } = useAdminText();
  return (
    // Wider than a phone: it scrolls by itself, by the keyboard too.
    <div
      className="panel table-scroll"
      role="region"
      aria-label={t("cluster.processes")}
      tabIndex={0}
    >
      <table className="table process-table">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`process.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <Row
              key={member.process.process_id}
              member={member}
              canSupervise={state.cluster?.can_supervise === true}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  member,
  canSupervise,
}: {
  readonly member: Member;
  readonly canSupervise: boolean;
}) {
  const { t } = useAdminText();
  const figures = useFigures();
  const { process, colour, appendsPerS } = member;
  const condition = conditionOf(member);
  const sum = (of: "live" | "depth") => process.kinds.reduce((total, kind) => total + kind[of], 0);
  const upMs = Date.parse(process.at) - Date.parse(process.started_at);
  const cell = (value: number | null, format: (value: number) => string, tone: Tone = null) => (
    <td className="figure" data-tone={tone ?? undefined}>
      <Figure value={value} format={format} />
    </td>
  );
  return (
    <tr data-process={process.name} data-state={condition} data-colour={colour}>
      <th scope="row">
        <span className="swatch" aria-hidden="true" />{" "}
        <a href={`${process.url}/#/admin/cluster`}>{process.name}</a>
        {process.is_self && (
          <>
            <br />
            <span className="tag">{t("process.isSelf")}</span>
          </>
        )}
      </th>
      <td>
        <StateTag condition={condition} />
      </td>
      {cell(appendsPerS, figures.rate)}
      {cell(process.shards, figures.count)}
      {cell(sum("live"), figures.count)}
      {cell(process.commit_ms.p50, figures.ms)}
      {cell(process.commit_ms.p99, figures.ms, toneOf.commit(process.commit_ms.p99))}
      {cell(process.loop_delay_ms, figures.ms, toneOf.loop(process.loop_delay_ms))}
      {cell(sum("depth"), figures.count)}
      {cell(process.commit_depth, figures.count)}
      {cell(process.letters_in_flight, figures.count)}
      {cell(process.leases, figures.count)}
      {cell(process.sockets, figures.count)}
      {cell(process.memory_bytes, figures.bytes)}
      <td className="figure">{condition === "gone" ? "" : figures.span(upMs)}</td>
      <td>
        <ActionMenu member={member} canSupervise={canSupervise} />
      </td>
    </tr>
  );
}

function ActionMenu({
  member,
  canSupervise,
}: {
  readonly member: Member;
  readonly canSupervise: boolean;
}) {
  const { t } = useAdminText();
  const { name } = member.process;
  const { said, blocker, press, question } = useSupervision(member, canSupervise);
  return (
    <>
      <Menu.Root modal={false}>
        <Menu.Trigger className="button is-small" aria-label={t("supervision.control", { name })}>
          <span aria-hidden="true">⋯</span>
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={4} align="end" className="process-menu-place">
            <Menu.Popup className="process-menu">
              {ACTIONS.map((action) => {
                const why = blocker(action);
                return (
                  <Menu.Item
                    key={action}
                    className="process-menu-item"
                    data-danger={action === "kill"}
                    disabled={why !== null}
                    onClick={() => press(action)}
                  >
                    {t(`supervision.${action}`)}
                    <span className="muted">{why ?? t(ACTION_TEXTS[action].means)}</span>
                  </Menu.Item>
                );
              })}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <span className={said?.isBad === true ? "process-said is-bad" : "process-said"} role="status">
        {said?.text ?? ""}
      </span>
      {question}
    </>
  );
}
