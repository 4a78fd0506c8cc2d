import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { StatementLineBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { accountKey, purposeKey } from "./lineWords.ts";
import type { Subject } from "./lineWords.ts";

/** The lines, a row each; on a phone each row is a card. */
export function StatementTable({
  lines,
  subjects,
  playerId,
}: {
  readonly lines: readonly StatementLineBody[];
  /** What money moved for, by the line's ref. */
  readonly subjects: ReadonlyMap<string, Subject>;
  readonly playerId: string;
}) {
  const { t } = useTranslation("wallet");
  const { money, signedMoney, dateTime } = useFormat();
  return (
    <table className="statement" role="table">
      <thead>
        <tr>
          <th scope="col">{t("statement.at")}</th>
          <th scope="col">{t("statement.what")}</th>
          <th scope="col">{t("statement.account")}</th>
          <th scope="col">{t("statement.ref")}</th>
          <th scope="col" className="is-amount">
            {t("statement.amount")}
          </th>
          <th scope="col" className="is-amount">
            {t("statement.balance")}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const subject = subjects.get(line.ref);
          const key = purposeKey(line.purpose);
          const account = accountKey(line.counter_account, playerId);
          // From one pocket to the other: nothing is gained or lost.
          const isOwn = account === "available" || account === "held";
          return (
            <tr key={line.line_id} data-line={line.line_id} data-purpose={key}>
              <td className="is-when muted">
                <time dateTime={line.at}>{dateTime(line.at)}</time>
              </td>
              <td className="is-what">{t(`purpose.${key}`)}</td>
              <td className="is-account muted">{t(`account.${account}`)}</td>
              <td className="is-ref">
                {subject === undefined ? (
                  <span className="muted">{key === "adjustment" ? line.ref : "–"}</span>
                ) : (
                  <Link href={paths[subject.kind](subject.id)}>{subject.id}</Link>
                )}
              </td>
              <td
                className="is-amount figure"
                data-sign={isOwn ? "own" : line.amount < 0 ? "out" : "in"}
              >
                {isOwn ? money(Math.abs(line.amount)) : signedMoney(line.amount)}
              </td>
              <td className="is-balance is-amount figure">
                <span className="statement-caption muted">{t("statement.balance")}</span>{" "}
                {money(line.balance_total)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
