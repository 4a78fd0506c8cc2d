import "./Unclaimed.css";
import { useId, useState } from "react";
import type { UnclaimedRowBody } from "../../../../rpc/http/admin/unclaimed.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { useTitle } from "../../shell/useTitle.ts";
import { Figure } from "../Figure.tsx";
import { ListTable } from "../ListTable.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { Waiting } from "../Waiting.tsx";
import { When } from "../When.tsx";
import { ALL_PAYMENTS, hashOf } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { paged, useListing } from "../useListing.ts";
import { navigate } from "../useRoute.ts";
import { useSettled } from "../useSettled.ts";

/** It seldom changes; nobody waits for it here. */
const POLL_MS = 5_000;
/** Between two keys of someone who types on. */
const PAUSE_MS = 200;

/** Money of players that the house keeps, because their wallets could not take it. */
export function UnclaimedPage({ player }: { readonly player: string | null }) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const format = useFormat();
  const inputId = useId();
  const asked = useSettled(player, PAUSE_MS);
  const [total, setTotal] = useState<number | null>(null);
  const { shown, problem, more } = useListing(
    asked ?? "",
    async (before) => {
      const answer = await client.unclaimed({ player: asked, before });
      if (answer.ok) setTotal(answer.body.total);
      return paged(answer, (body) => ({ rows: body.unclaimed, next: body.next_before }));
    },
    POLL_MS,
  );
  useTitle(t("unclaimed.title"));
  return (
    <>
      <p>
        <a href={hashOf({ page: "payments", filter: ALL_PAYMENTS })}>{t("unclaimed.toPayments")}</a>
      </p>
      <div className="page-head">
        <h1>{t("unclaimed.title")}</h1>
        {total !== null && (
          <p className="figure" data-unclaimed-total>
            {t("unclaimed.total")} <Figure value={total} format={format.money} />
          </p>
        )}
      </div>
      <p className="muted unclaimed-means">{t("unclaimed.means")}</p>
      <form className="unclaimed-search" role="search" onSubmit={(event) => event.preventDefault()}>
        <label className="field-label" htmlFor={inputId}>
          {t("unclaimed.player")}
        </label>
        <input
          id={inputId}
          className="input mono"
          type="search"
          placeholder={t("payments.anyId")}
          value={player ?? ""}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={({ target }) =>
            navigate({ page: "unclaimed", player: target.value.trim() || null }, "replace")
          }
        />
      </form>
      {problem !== null && <ProblemNotice problem={problem} />}
      {shown === null && problem === null && <Waiting>{t("unclaimed.asking")}</Waiting>}
      {shown?.rows.length === 0 && (
        <p className="empty">
          {t(shown.subject === "" ? "unclaimed.nothing" : "unclaimed.noMatch")}
        </p>
      )}
      {shown !== null && shown.rows.length > 0 && (
        <ListTable
          label={t("unclaimed.list")}
          className="unclaimed-table"
          columns={[
            { name: t("unclaimed.since") },
            { name: t("unclaimed.what") },
            { name: t("unclaimed.amount"), isFigure: true },
            { name: t("unclaimed.player") },
            { name: t("unclaimed.why") },
            { name: t("unclaimed.from") },
          ]}
          isBusy={shown.subject !== (asked ?? "")}
          onMore={shown.next === null ? null : more}
        >
          {shown.rows.map((row) => (
            <Row key={`${row.kind} ${row.entity_id} ${row.ref} ${row.since}`} row={row} />
          ))}
        </ListTable>
      )}
    </>
  );
}

function Row({ row }: { readonly row: UnclaimedRowBody }) {
  const { t } = useAdminText();
  const format = useFormat();
  const { amount, entity_id: entityId, kind, player_id: playerId, ref, since, what, why } = row;
  return (
    <tr data-unclaimed={ref}>
      <td className="unclaimed-when">
        <When at={since} />
      </td>
      <td>{t(`unclaimed.whats.${what}`)}</td>
      <td className="figure unclaimed-amount">{format.money(amount)}</td>
      <td className="mono">
        <a href={hashOf({ page: "player", playerId })}>{playerId}</a>
      </td>
      <td>{t(`unclaimed.whys.${why ?? "unknown"}`)}</td>
      <td className="mono">
        <a href={hashOf({ page: "entity", kind, entityId, version: null })}>{entityId}</a>
      </td>
    </tr>
  );
}
