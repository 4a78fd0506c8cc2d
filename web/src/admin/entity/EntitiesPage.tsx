import "./EntitiesPage.css";
import { useState } from "react";
import type { FormEvent } from "react";
import type { KindBody } from "../../../../rpc/http/admin.ts";
import type { Problem } from "../../http/request.ts";
import { useTitle } from "../../shell/useTitle.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { Waiting } from "../Waiting.tsx";
import { PauseKind } from "../cluster/PauseKind.tsx";
import { hashOf } from "../route.ts";
import type { AdminRoute } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { useFigures } from "../useFigures.ts";
import { paged, useListing } from "../useListing.ts";
import { usePoll } from "../usePoll.ts";
import { navigate } from "../useRoute.ts";

/** Counting them costs the server something, and they change slowly. */
const KINDS_POLL_MS = 10_000;
const ROWS_POLL_MS = 3_000;

/** All entities that have a journal, by kind, to be found by how their id begins. */
export function EntitiesPage({
  route,
}: {
  readonly route: AdminRoute & { readonly page: "entities" };
}) {
  const { client, state } = useAdmin();
  const { t } = useAdminText();
  const figures = useFigures();
  const [kinds, setKinds] = useState<readonly KindBody[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useTitle(t("entities.title"));
  usePoll(async () => {
    const answer = await client.kinds();
    if (answer.ok) setKinds(answer.body.kinds);
    setProblem(answer.ok ? null : answer.problem);
  }, KINDS_POLL_MS);

  if (kinds === null) {
    return <Waiting>{problem === null ? t("entities.askingKinds") : problem.detail}</Waiting>;
  }
  const kind = kinds.find((each) => each.kind === route.kind) ?? kinds[0];
  if (kind === undefined) return <p className="empty">{t("entities.nothing")}</p>;
  const isPaused = state.cluster?.paused_kinds.includes(kind.kind) ?? kind.paused;
  return (
    <>
      <div className="page-head">
        <h1>{t("entities.title")}</h1>
      </div>
      <nav className="kind-tabs" aria-label={t("entities.kinds")}>
        {kinds.map((each) => (
          <a
            key={each.kind}
            href={hashOf({ page: "entities", kind: each.kind, prefix: "" })}
            aria-current={each === kind ? "page" : undefined}
          >
            {each.kind}
            <span className="muted figure">
              {figures.count(each.entities)}
              {each.entities_are_more ? "+" : ""}
            </span>
            {(state.cluster?.paused_kinds.includes(each.kind) ?? each.paused) && (
              <span className="tag is-note">{t("entities.paused")}</span>
            )}
          </a>
        ))}
      </nav>
      <section className="panel entities" aria-label={t("entities.ofKind", { kind: kind.kind })}>
        <div className="entities-head">
          <Search kind={kind.kind} prefix={route.prefix} />
          <PauseKind kind={kind.kind} isPaused={isPaused} isNamed />
        </div>
        {isPaused && (
          <p className="notice" role="status">
            {t("entities.kindPaused", { kind: kind.kind })}
          </p>
        )}
        <EntityList kind={kind.kind} prefix={route.prefix} />
      </section>
    </>
  );
}

function Search({ kind, prefix }: { readonly kind: string; readonly prefix: string }) {
  const { t } = useAdminText();
  const open = (event: FormEvent) => {
    event.preventDefault();
    if (prefix !== "") navigate({ page: "entity", kind, entityId: prefix, version: null });
  };
  return (
    <form className="entities-search" role="search" onSubmit={open}>
      <label className="unseen" htmlFor="prefix">
        {t("entities.find", { kind })}
      </label>
      <input
        id="prefix"
        className="input mono"
        type="search"
        placeholder={t("entities.placeholder", { kind })}
        value={prefix}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) =>
          navigate({ page: "entities", kind, prefix: event.target.value }, "replace")
        }
      />
      <button type="submit" className="button" disabled={prefix === ""}>
        {t("entities.open")}
      </button>
    </form>
  );
}

function EntityList({ kind, prefix }: { readonly kind: string; readonly prefix: string }) {
  const { client, state } = useAdmin();
  const { t } = useAdminText();
  const figures = useFigures();
  const { shown, problem, more } = useListing(
    `${kind} ${prefix}`,
    async (after) =>
      paged(await client.entities(kind, { prefix, after }), (body) => ({
        rows: body.entities,
        next: body.next_after,
      })),
    ROWS_POLL_MS,
  );
  // Ids of the kind before would lead nowhere; those of a shorter prefix do until the answer comes.
  if (shown === null || !shown.subject.startsWith(`${kind} `)) {
    return problem === null ? (
      <Waiting>{t("entities.looking", { kind })}</Waiting>
    ) : (
      <ProblemNotice problem={problem} />
    );
  }
  const isShown = shown.subject === `${kind} ${prefix}`;
  const { rows, next } = shown;
  return (
    <>
      {problem !== null && <ProblemNotice problem={problem} />}
      <p className="unseen" role="status">
        {isShown &&
          t(next === null ? "entities.found" : "entities.foundAndMore", { count: rows.length })}
      </p>
      {isShown && rows.length === 0 ? (
        <p className="empty">
          {prefix === "" ? (
            t("entities.noneWritten", { kind })
          ) : (
            <>
              {t("entities.noneBegins", { kind })} <span className="mono">{prefix}</span>.{" "}
              <a href={hashOf({ page: "entity", kind, entityId: prefix, version: null })}>
                {t("entities.openAnyway")}
              </a>
              : {t("entities.commandMakes")}
            </>
          )}
        </p>
      ) : (
        <ul className="entities-rows" aria-label={t("entities.foundOf", { kind })}>
          {rows.map((row) => (
            <li key={row.entity_id}>
              <a href={hashOf({ page: "entity", kind, entityId: row.entity_id, version: null })}>
                <span className="mono entities-id">
                  <mark>{isShown ? row.entity_id.slice(0, prefix.length) : ""}</mark>
                  {isShown ? row.entity_id.slice(prefix.length) : row.entity_id}
                </span>
                <span className="figure muted">
                  {t("entities.version", { version: figures.count(row.version) })}
                </span>
                <time className="figure muted" dateTime={row.at}>
                  {figures.clock(Date.parse(row.at), state.nowMs)}
                </time>
              </a>
            </li>
          ))}
        </ul>
      )}
      {isShown && next !== null && (
        <button type="button" className="button entities-more" onClick={more}>
          {t("more")}
        </button>
      )}
    </>
  );
}
