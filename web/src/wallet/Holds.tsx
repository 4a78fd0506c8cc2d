import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { holdKey, subjectOfHold } from "./lineWords.ts";
import type { Hold } from "./readStatement.ts";

/** What is set aside now, what for and since when. */
export function Holds({ holds }: { readonly holds: readonly Hold[] }) {
  const { t } = useTranslation("wallet");
  const { money, dateTime } = useFormat();
  return (
    <section className="panel" aria-labelledby="holds-title">
      <div className="panel-head">
        <h2 id="holds-title">{t("holds.title")}</h2>
        {holds.length > 0 && (
          <span className="muted">{t("holds.count", { count: holds.length })}</span>
        )}
      </div>
      {holds.length === 0 ? (
        <p className="empty">{t("holds.none")}</p>
      ) : (
        <ul className="holds">
          {holds.map((hold) => {
            const { hold_id: id, purpose, ref, since, amount } = hold;
            const subject = subjectOfHold(hold);
            const key = holdKey(purpose);
            const what = t(`holds.purpose.${key}`);
            return (
              <li key={id} data-hold={purpose}>
                <div>
                  <p className="holds-what">
                    {subject === undefined ? (
                      `${what} · ${ref}`
                    ) : (
                      <Link
                        href={paths[subject.kind](subject.id)}
                      >{`${what} · ${subject.id}`}</Link>
                    )}
                  </p>
                  <p className="muted">
                    {t("holds.since")} <time dateTime={since}>{dateTime(since)}</time>
                  </p>
                </div>
                <strong className="figure">{money(amount)}</strong>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
