import "./EntitiesPage.css";
import { useEffect, useRef, useState } from "react";
import type { FormEvent } from "react";
import type { EntityRowBody, KindBody } from "../../../../rpc/http/admin.ts";
import type { Problem } from "../../http/request.ts";
import { Waiting } from "../Waiting.tsx";
import { PauseKind } from "../cluster/PauseKind.tsx";
import { formatCount, formatMoment } from "../figures.ts";
import { hashOf } from "../route.ts";
import type { AdminRoute } from "../route.ts";
import { useAdmin } from "../useAdmin.ts";
import { usePoll } from "../usePoll.ts";
import { navigate } from "../useRoute.ts";

/** Counting them costs the server something, and they change slowly. */
const KINDS_POLL_MS = 10_000;
const ROWS_POLL_MS = 3_000;

interface Rows {
  readonly kind: string;
  readonly prefix: string;
  readonly rows: readonly EntityRowBody[];
  readonly nextAfter: string | null;
}

/** All entities that have a journal, by kind, to be found by how their id begins. */
export function EntitiesPage({
  route,
}: {
  readonly route: AdminRoute & { readonly page: "entities" };
}) {
  const { client, state } = useAdmin();
  const [kinds, setKinds] = useState<readonly KindBody[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    document.title = "Entities · Croupier";
  }, []);
  usePoll(async () => {
    const answer = await client.kinds();
    if (answer.ok) setKinds(answer.body.kinds);
    setProblem(answer.ok ? null : answer.problem);
  }, KINDS_POLL_MS);

  if (kinds === null) {
    return <Waiting>{problem === null ? "Asking which kinds there are…" : problem.detail}</Waiting>;
  }
  const kind = kinds.find((each) => each.kind === route.kind) ?? kinds[0];
  if (kind === undefined) return <p className="empty">This server runs no entities.</p>;
  const isPaused = state.cluster?.paused_kinds.includes(kind.kind) ?? kind.paused;
  return (
    <>
      <div className="page-head">
        <h1>Entities</h1>
      </div>
      <nav className="kind-tabs" aria-label="Kinds">
        {kinds.map((each) => (
          <a
            key={each.kind}
            href={hashOf({ page: "entities", kind: each.kind, prefix: "" })}
            aria-current={each === kind ? "page" : undefined}
          >
            {each.kind}
            <span className="muted figure">
              {formatCount(each.entities)}
              {each.entities_are_more ? "+" : ""}
            </span>
            {(state.cluster?.paused_kinds.includes(each.kind) ?? each.paused) && (
              <span className="tag is-note">paused</span>
            )}
          </a>
        ))}
      </nav>
      <section className="panel entities" aria-label={`Entities of kind ${kind.kind}`}>
        <div className="entities-head">
          <Search kind={kind.kind} prefix={route.prefix} />
          <PauseKind kind={kind.kind} isPaused={isPaused} isNamed />
        </div>
        {isPaused && (
          <p className="notice" role="status">
            <span>
              The kind is paused: no {kind.kind} takes a message or wakes by its alarm, in the whole
              cluster.
            </span>
          </p>
        )}
        <EntityList kind={kind.kind} prefix={route.prefix} />
      </section>
    </>
  );
}

function Search({ kind, prefix }: { readonly kind: string; readonly prefix: string }) {
  const open = (event: FormEvent) => {
    event.preventDefault();
    if (prefix !== "") navigate({ page: "entity", kind, entityId: prefix, version: null });
  };
  return (
    <form className="entities-search" role="search" onSubmit={open}>
      <label className="unseen" htmlFor="prefix">
        Find a {kind} by how its id begins
      </label>
      <input
        id="prefix"
        className="input mono"
        type="search"
        placeholder={`Id of a ${kind}, or how it begins`}
        value={prefix}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) =>
          navigate({ page: "entities", kind, prefix: event.target.value }, "replace")
        }
      />
      <button type="submit" className="button" disabled={prefix === ""}>
        Open
      </button>
    </form>
  );
}

function EntityList({ kind, prefix }: { readonly kind: string; readonly prefix: string }) {
  const { client, state } = useAdmin();
  const [found, setFound] = useState<Rows | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const wanted = useRef({ kind, prefix });
  useEffect(() => {
    wanted.current = { kind, prefix };
  }, [kind, prefix]);
  const isWanted = () => wanted.current.kind === kind && wanted.current.prefix === prefix;
  const isShown = found !== null && found.kind === kind && found.prefix === prefix;

  const load = async (after: string) => {
    const answer = await client.entities(kind, { prefix, after });
    // An answer to what was typed before comes too late.
    if (!isWanted()) return;
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    const { entities, next_after: nextAfter } = answer.body;
    setFound((found) => {
      const isMore = after !== "" && found?.kind === kind && found.prefix === prefix;
      return { kind, prefix, rows: isMore ? [...found.rows, ...entities] : entities, nextAfter };
    });
  };
  // Once someone has read on, the list stays as it was read.
  const [hasReadOn, setHasReadOn] = useState("");
  const subject = `${kind} ${prefix}`;
  usePoll(() => (hasReadOn === subject ? Promise.resolve() : load("")), ROWS_POLL_MS, subject);

  if (found === null || found.kind !== kind) {
    return problem === null ? (
      <Waiting>{`Looking for each ${kind}…`}</Waiting>
    ) : (
      <p className="notice is-bad" role="alert">
        {problem.detail}
      </p>
    );
  }
  const { nowMs } = state;
  return (
    <>
      {problem !== null && (
        <p className="notice is-bad" role="alert">
          {problem.detail}
        </p>
      )}
      <p className="unseen" role="status">
        {isShown ? `${found.rows.length}${found.nextAfter === null ? "" : " and more"} found` : ""}
      </p>
      {isShown && found.rows.length === 0 ? (
        <p className="empty">
          {prefix === "" ? (
            `No ${kind} has been written of yet.`
          ) : (
            <>
              No {kind} has an id that begins with <span className="mono">{prefix}</span>.{" "}
              <a href={hashOf({ page: "entity", kind, entityId: prefix, version: null })}>
                Open it nevertheless
              </a>
              : a first command makes it.
            </>
          )}
        </p>
      ) : (
        <ul className="entities-rows" aria-label={`Found of kind ${kind}`}>
          {found.rows.map((row) => (
            <li key={row.entity_id}>
              <a href={hashOf({ page: "entity", kind, entityId: row.entity_id, version: null })}>
                <span className="mono entities-id">
                  <mark>{isShown ? row.entity_id.slice(0, prefix.length) : ""}</mark>
                  {isShown ? row.entity_id.slice(prefix.length) : row.entity_id}
                </span>
                <span className="figure muted">version {formatCount(row.version)}</span>
                <time className="figure muted" dateTime={row.at}>
                  {formatMoment(Date.parse(row.at), nowMs, false)}
                </time>
              </a>
            </li>
          ))}
        </ul>
      )}
      {isShown && found.nextAfter !== null && (
        <button
          type="button"
          className="button entities-more"
          onClick={() => {
            setHasReadOn(subject);
            void load(found.nextAfter ?? "");
          }}
        >
          Show more
        </button>
      )}
    </>
  );
}
