import "./Raffles.css";
import { useId, useState } from "react";
import type { RaffleSocketStatsBody } from "../../../../rpc/http/raffle.ts";
import type { RaffleBody } from "../../../../rpc/raffleBody.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { useTitle } from "../../shell/useTitle.ts";
import { ListTable } from "../ListTable.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { Waiting } from "../Waiting.tsx";
import { When } from "../When.tsx";
import { hashOf } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { paged, useListing } from "../useListing.ts";
import { navigate } from "../useRoute.ts";
import { RaffleFormDialog } from "./RaffleFormDialog.tsx";
import { SoldBar } from "./SoldBar.tsx";
import { StatusTag } from "./StatusTag.tsx";

const POLL_MS = 2_000;
const STATUSES = ["draft", "active", "suspended", "closed", "completed", "cancelled"] as const;

type Watchers = RaffleSocketStatsBody["connections_by_raffle"];

/** All raffles with how they stand and what they have sold; made here, led on their own pages. */
export function RafflesPage({ status }: { readonly status: string | null }) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const selectId = useId();
  const [watchers, setWatchers] = useState<Watchers>({});
  const [isCreating, setIsCreating] = useState(false);
  const asked = STATUSES.find((one) => one === status) ?? null;
  const { shown, problem, more } = useListing(
    asked ?? "",
    async (before) => {
      const answer = await client.raffles({ status: asked, before });
      const first = answer.ok ? answer.body.raffles[0] : undefined;
      if (first !== undefined) {
        const stats = await client.raffleWatchers(first.id);
        if (stats.ok) setWatchers(stats.body.connections_by_raffle);
      }
      return paged(answer, (body) => ({ rows: body.raffles, next: body.next_before }));
    },
    POLL_MS,
  );
  useTitle(t("raffles.title"));
  return (
    <>
      <div className="page-head">
        <h1>{t("raffles.title")}</h1>
        <div className="raffles-tools">
          <label className="unseen" htmlFor={selectId}>
            {t("raffles.show")}
          </label>
          <select
            id={selectId}
            className="input"
            value={asked ?? ""}
            onChange={(event) =>
              navigate({ page: "raffles", status: event.target.value || null }, "replace")
            }
          >
            <option value="">{t("raffles.all")}</option>
            {STATUSES.map((one) => (
              <option key={one} value={one}>
                {t(`raffles.status.${one}`)}
              </option>
            ))}
          </select>
          <button type="button" className="button is-main" onClick={() => setIsCreating(true)}>
            <span aria-hidden="true">+</span> {t("raffles.create")}
          </button>
        </div>
      </div>
      {problem !== null && <ProblemNotice problem={problem} />}
      {shown === null && problem === null && <Waiting>{t("raffles.asking")}</Waiting>}
      {shown?.rows.length === 0 && (
        <p className="empty">{t(asked === null ? "raffles.nothing" : "raffles.noMatch")}</p>
      )}
      {shown !== null && shown.rows.length > 0 && (
        <ListTable
          label={t("raffles.title")}
          className="raffles-table"
          columns={[
            { name: t("raffles.raffle") },
            { name: t("raffles.state") },
            { name: t("raffles.sold") },
            { name: t("raffles.gross"), isFigure: true },
            { name: t("raffles.drawAt") },
            { name: t("raffles.watchers"), isFigure: true },
          ]}
          onMore={shown.next === null ? null : more}
        >
          {shown.rows.map((raffle) => (
            <Row key={raffle.id} raffle={raffle} watchers={watchers[raffle.id] ?? 0} />
          ))}
        </ListTable>
      )}
      {isCreating && (
        <RaffleFormDialog
          raffle={null}
          onClose={() => setIsCreating(false)}
          onDone={({ id }) => navigate({ page: "raffle", raffleId: id })}
        />
      )}
    </>
  );
}

function Row({ raffle, watchers }: { readonly raffle: RaffleBody; readonly watchers: number }) {
  const { t } = useAdminText();
  const format = useFormat();
  return (
    <tr data-raffle={raffle.id} data-status={raffle.status}>
      <th scope="row">
        <a href={hashOf({ page: "raffle", raffleId: raffle.id })}>{raffle.title}</a>
        <span className="mono muted raffles-id">{raffle.id}</span>
      </th>
      <td>
        <StatusTag status={raffle.status} />
      </td>
      <td className="raffles-sold">
        <SoldBar raffle={raffle} />
      </td>
      <td className="figure" data-label={t("raffles.gross")}>
        {format.money(raffle.sold_count * raffle.ticket_price)}
      </td>
      <td className="raffles-when" data-label={t("raffles.drawAt")}>
        <When at={raffle.draw_at} />
      </td>
      <td className="figure" data-label={t("raffles.watchers")}>
        {format.number(watchers)}
      </td>
    </tr>
  );
}
