import "./Shell.css";
import { useEffect, useRef, useState } from "react";
import { Logo } from "../shell/Logo.tsx";
import { ThemeToggle } from "../theme/ThemeToggle.tsx";
import type { AdminClient } from "./AdminClient.ts";
import { ClusterPage } from "./cluster/ClusterPage.tsx";
import {
  nothingKnown,
  applyCluster,
  applyFailure,
  presentMembers,
} from "./cluster/ClusterState.ts";
import { EntitiesPage } from "./entity/EntitiesPage.tsx";
import { EntityPage } from "./entity/EntityPage.tsx";
import { formatSpan } from "./figures.ts";
import { hashOf } from "./route.ts";
import type { AdminRoute } from "./route.ts";
import { AdminContext, useAdmin } from "./useAdmin.ts";
import { usePoll } from "./usePoll.ts";
import { useRoute } from "./useRoute.ts";

/** As often as processes report. */
const POLL_MS = 1_000;

/** What stands around every page of the administrator's, and follows the cluster meanwhile. */
export function Shell({
  client,
  name,
  onSignOut,
}: {
  readonly client: AdminClient;
  readonly name: string;
  readonly onSignOut: () => void;
}) {
  const route = useRoute();
  const [state, setState] = useState(() => nothingKnown(Date.now()));
  const refresh = usePoll(async () => {
    const answer = await client.cluster();
    const nowMs = Date.now();
    setState((state) =>
      answer.ok
        ? applyCluster(state, answer.body, nowMs)
        : applyFailure(state, answer.problem, nowMs),
    );
  }, POLL_MS);

  return (
    <AdminContext value={{ client, state, refresh }}>
      <a className="shell-skip button" href="#main" onClick={skipToMain}>
        Skip to the page
      </a>
      <header className="shell-header">
        <div className="shell-header-inner">
          <a className="shell-brand" href="/" aria-label="Croupier, to the table">
            <Logo size={32} />
            <span>Croupier</span>
          </a>
          <nav aria-label="Administration">
            <NavLink to={{ page: "cluster" }} isHere={route.page === "cluster"}>
              Cluster
            </NavLink>
            <NavLink
              to={{ page: "entities", kind: null, prefix: "" }}
              isHere={route.page !== "cluster"}
            >
              Entities
            </NavLink>
          </nav>
          <div className="shell-account">
            <Liveness />
            <ThemeToggle />
            <button
              type="button"
              className="button is-quiet is-small"
              title={`Signed in as ${name}`}
              onClick={onSignOut}
            >
              Sign out
            </button>
          </div>
        </div>
        <Lost />
      </header>
      <main id="main" className="shell-main" tabIndex={-1}>
        <Page route={route} />
      </main>
    </AdminContext>
  );
}

function Page({ route }: { readonly route: AdminRoute }) {
  const where = route.page === "entity" ? `${route.kind} ${route.entityId}` : route.page;
  const before = useRef(where);
  useEffect(() => {
    // Who follows a link with the keyboard goes on reading where the new page begins.
    if (before.current === where) return;
    before.current = where;
    document.getElementById("main")?.focus();
  }, [where]);
  switch (route.page) {
    case "cluster":
      return <ClusterPage />;
    case "entities":
      return <EntitiesPage route={route} />;
    case "entity":
      return <EntityPage key={where} route={route} />;
  }
}

function NavLink({
  to,
  isHere,
  children,
}: {
  readonly to: AdminRoute;
  readonly isHere: boolean;
  readonly children: string;
}) {
  return (
    <a href={hashOf(to)} aria-current={isHere ? "page" : undefined}>
      {children}
    </a>
  );
}

/** A dot and a word: whether what stands here is as of now. */
function Liveness() {
  const { state } = useAdmin();
  const [kind, text] =
    state.lost !== null
      ? (["lost", "No answer"] as const)
      : state.cluster === null
        ? (["asking", "Connecting"] as const)
        : (["live", "Live"] as const);
  return (
    <p className="shell-liveness" data-liveness={kind} role="status">
      {text}
    </p>
  );
}

/** Says what a lost connection means, and where the cluster may still be reached. */
function Lost() {
  const { state, refresh } = useAdmin();
  const { lost } = state;
  if (lost === null) return null;
  const self = presentMembers(state).find(({ process }) => process.is_self)?.process;
  const others = presentMembers(state).filter(
    ({ process }) => !process.is_self && process.state === "up",
  );
  const isOffline = lost.problem.code === "offline";
  return (
    <div className="shell-lost notice is-bad" role="alert">
      <p>
        <strong>
          {isOffline
            ? `${self?.name ?? "The server"} does not answer. Trying again…`
            : lost.problem.detail}
        </strong>
        {state.cluster === null
          ? "Nothing is known of the cluster yet."
          : `What you see is as of ${formatSpan(state.nowMs - lost.sinceMs)} ago.`}
        {isOffline && others.length > 0 && (
          <>
            {" Go on at "}
            {others.map(({ process }, at) => (
              <span key={process.process_id}>
                {at > 0 && " · "}
                <a href={`${process.url}/${location.hash}`}>{process.name}</a>
              </span>
            ))}
            .
          </>
        )}
      </p>
      <button type="button" className="button is-small" onClick={refresh}>
        Try now
      </button>
    </div>
  );
}

/** The hash is the route, so an anchor of the page cannot be in it. */
function skipToMain(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
