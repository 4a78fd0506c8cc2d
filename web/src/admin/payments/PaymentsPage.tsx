import "./Payments.css";
import { useState } from "react";
import type { AdminPaymentBody } from "../../../../rpc/http/payment.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { useTitle } from "../../shell/useTitle.ts";
import { ListTable } from "../ListTable.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { Waiting } from "../Waiting.tsx";
import { When } from "../When.tsx";
import { ALL_PAYMENTS, hashOf } from "../route.ts";
import type { PaymentFilter } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { paged, useListing } from "../useListing.ts";
import { useSettled } from "../useSettled.ts";
import { PaymentFilters } from "./PaymentFilters.tsx";
import { Providers } from "./Providers.tsx";
import { ResolveRefund } from "./ResolveRefund.tsx";
import { PAYMENT_STATUSES, PROVIDER_NAMES, providerText } from "./kinds.ts";

const POLL_MS = 2_000;
/** Between two keys of someone who types on. */
const PAUSE_MS = 200;

const TONES: Readonly<Record<AdminPaymentBody["status"], string>> = {
  creating: "is-note",
  pending: "is-note",
  authorized: "is-note",
  succeeded: "is-good",
  failed: "is-bad",
  cancelling: "is-note",
  cancelled: "",
  refunding: "is-note",
  refunded: "",
  refund_refused: "is-bad",
};

/** Who takes the money, and every payment that was begun. */
export function PaymentsPage({ filter }: { readonly filter: PaymentFilter }) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const raffle = useSettled(filter.raffle, PAUSE_MS);
  const player = useSettled(filter.player, PAUSE_MS);
  const asked = {
    raffle,
    player,
    provider: PROVIDER_NAMES.find((name) => name === filter.provider) ?? null,
    status: PAYMENT_STATUSES.find((status) => status === filter.status) ?? null,
  };
  const [openedAt] = useState(() => Date.now());
  const { shown, problem, more } = useListing(
    JSON.stringify(asked),
    async (before) =>
      paged(await client.payments(asked, before), (body) => ({
        rows: body.payments,
        next: body.next_before,
      })),
    POLL_MS,
  );
  useTitle(t("payments.title"));
  return (
    <>
      <div className="page-head">
        <h1>{t("payments.title")}</h1>
        <a className="button is-small" href={hashOf({ page: "unclaimed", player: null })}>
          {t("payments.toUnclaimed")}
        </a>
      </div>
      <Providers />
      <PaymentFilters filter={filter} />
      {problem !== null && <ProblemNotice problem={problem} />}
      {shown === null && problem === null && <Waiting>{t("payments.asking")}</Waiting>}
      {shown?.rows.length === 0 && (
        <p className="empty">
          {t(
            shown.subject === JSON.stringify(ALL_PAYMENTS)
              ? "payments.nothing"
              : "payments.noMatch",
          )}
        </p>
      )}
      {shown !== null && shown.rows.length > 0 && (
        <ListTable
          label={t("payments.list")}
          className="payments-table"
          columns={[
            { name: t("payments.started") },
            { name: t("payments.status") },
            { name: t("payments.amount"), isFigure: true },
            { name: t("payments.provider") },
            { name: t("payments.player") },
            { name: t("payments.raffle") },
            { name: t("payments.reference") },
          ]}
          onMore={shown.next === null ? null : more}
        >
          {shown.rows.map((payment) => (
            <Row
              key={payment.id}
              payment={payment}
              isNew={Date.parse(payment.started_at) > openedAt}
            />
          ))}
        </ListTable>
      )}
    </>
  );
}

function Row({
  payment,
  isNew,
}: {
  readonly payment: AdminPaymentBody;
  /** It began while the page was looked at. */
  readonly isNew: boolean;
}) {
  const { t } = useAdminText();
  const format = useFormat();
  const { failure_code: failure, id, provider, ref, status } = payment;
  return (
    <tr data-payment={id} data-status={status} data-new={isNew || undefined}>
      <td className="payments-when">
        <When at={payment.started_at} />
      </td>
      <td>
        <span className={`tag ${TONES[status]}`}>{t(`payments.statuses.${status}`)}</span>
        {failure !== null && <span className="mono cell-note">{failure}</span>}
        {status === "refund_refused" && <ResolveRefund payment={payment} />}
      </td>
      <td className="figure payments-amount">{format.money(payment.amount)}</td>
      <td>{providerText(provider, t)}</td>
      <td className="mono">
        <a href={hashOf({ page: "player", playerId: payment.player_id })}>{payment.player_id}</a>
      </td>
      <td className="mono">
        <a href={hashOf({ page: "raffle", raffleId: payment.raffle_id })}>{payment.raffle_id}</a>
      </td>
      <td className="mono payments-ref">
        <a
          href={hashOf({
            page: "entity",
            kind: "reservation",
            entityId: payment.reservation_id,
            version: null,
          })}
        >
          {ref ?? id}
        </a>
      </td>
    </tr>
  );
}
