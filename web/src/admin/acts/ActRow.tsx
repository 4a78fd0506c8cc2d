import { useId, useState } from "react";
import type { ActBody } from "../../../../rpc/http/admin/acts.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { StateTree } from "../entity/StateTree.tsx";
import { unmarked } from "../entity/compare.ts";
import type { Json } from "../entity/json.ts";
import { When } from "../When.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { useFigures } from "../useFigures.ts";
import { actText } from "./actKinds.ts";
import { actTarget } from "./actTarget.ts";

const TONES: Readonly<Record<ActBody["outcome"], string>> = {
  done: "is-good",
  refused: "is-bad",
  unknown: "is-note",
};

/** How many columns the table of acts has. */
export const ACT_COLUMNS = 7;

/** One act, and when it is opened all that was written down of it. */
export function ActRow({ act }: { readonly act: ActBody }) {
  const { t } = useAdminText();
  const detailsId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const target = actTarget(act);
  return (
    <>
      <tr data-act={act.act} data-outcome={act.outcome}>
        <td className="acts-when">
          <When at={act.at} />
        </td>
        <th scope="row">
          {actText(act.act, t)}
          <Amount act={act} />
        </th>
        <td className="mono acts-target">
          {target === null ? (
            t("unknownFigure")
          ) : target.href === null ? (
            target.name
          ) : (
            <a href={target.href}>{target.name}</a>
          )}
        </td>
        <td className="acts-reason">{act.reason}</td>
        <td className="acts-by">{act.by}</td>
        <td className="acts-outcome">
          <span className={`tag ${TONES[act.outcome]}`}>{t(`acts.outcomes.${act.outcome}`)}</span>
          {act.code !== null && <span className="mono acts-code">{act.code}</span>}
          {act.replayed && <span className="tag">{t("acts.replayed")}</span>}
        </td>
        <td className="acts-open">
          <button
            type="button"
            className="button is-quiet is-small"
            aria-expanded={isOpen}
            aria-controls={detailsId}
            aria-label={t("acts.detailsOf", { id: act.act_id })}
            title={t("acts.details")}
            onClick={() => setIsOpen(!isOpen)}
          >
            <span aria-hidden="true">{isOpen ? "−" : "+"}</span>
          </button>
        </td>
      </tr>
      {/* There while shut, too: the button names it. */}
      <tr id={detailsId} className="acts-details" hidden={!isOpen}>
        {isOpen && (
          <td colSpan={ACT_COLUMNS}>
            <Details act={act} />
          </td>
        )}
      </tr>
    </>
  );
}

/** Of an adjustment it says most. */
function Amount({ act }: { readonly act: ActBody }) {
  const format = useFormat();
  const { amount } = act.details;
  if (act.act !== "adjust_wallet" || typeof amount !== "number") return null;
  return <span className="acts-amount figure"> {format.signedMoney(amount)}</span>;
}

function Details({ act }: { readonly act: ActBody }) {
  const { t } = useAdminText();
  const format = useFormat();
  const figures = useFigures();
  const tookMs = act.finished_at === null ? null : Date.parse(act.finished_at) - Date.parse(act.at);
  const details = act.details as Json;
  return (
    <>
      {act.outcome === "unknown" && <p className="notice">{t("acts.unknownMeans")}</p>}
      {act.replayed && <p className="notice">{t("acts.replayedMeans")}</p>}
      <dl className="acts-facts">
        <div>
          <dt>{t("acts.number")}</dt>
          <dd className="mono">{act.act_id}</dd>
        </div>
        <div>
          <dt>{t("acts.when")}</dt>
          <dd>{format.dateTime(act.at)}</dd>
        </div>
        {tookMs !== null && (
          <div>
            <dt>{t("acts.finished")}</dt>
            <dd>{t("acts.took", { span: `${figures.ms(tookMs)} ms` })}</dd>
          </div>
        )}
        <div>
          <dt>{t("acts.requestId")}</dt>
          <dd className="mono">{act.request_id}</dd>
        </div>
        {act.idempotency_key !== null && (
          <div>
            <dt>{t("acts.key")}</dt>
            <dd className="mono">{act.idempotency_key}</dd>
          </div>
        )}
      </dl>
      {Object.keys(act.details).length > 0 && (
        <StateTree root={unmarked(details)} label={t("acts.asked")} />
      )}
    </>
  );
}
