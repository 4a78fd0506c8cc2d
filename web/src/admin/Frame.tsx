/** The administrator's frame: the console's own shell with the administrator's ways through it; it follows the cluster meanwhile. */
import "./Frame.css";
import { useMemo, useState } from "react";
import { paths } from "../app/paths.ts";
import { AccountMenu } from "../shell/AccountMenu.tsx";
import type { NavEntry } from "../shell/Nav.tsx";
import { Shell } from "../shell/Shell.tsx";
import type { AdminClient } from "./AdminClient.ts";
import { Lost } from "./Lost.tsx";
import { Page } from "./Page.tsx";
import { applyCluster, applyFailure, nothingKnown } from "./cluster/ClusterState.ts";
import { ALL_ACTS, ALL_PAYMENTS, hashOf, parseRoute } from "./route.ts";
import type { AdminRoute } from "./route.ts";
import { useAdminText } from "./texts/useAdminText.ts";
import { AdminContext, useAdmin } from "./useAdmin.ts";
import { usePoll } from "./usePoll.ts";
import { useRoute } from "./useRoute.ts";

/** As often as processes report. */
const POLL_MS = 1_000;

export function Frame({
  client,
  name,
  onSignOut,
}: {
  readonly client: AdminClient;
  readonly name: string;
  readonly onSignOut: () => void;
}) {
  const { t } = useAdminText();
  const route = useRoute();
  const nav = useAdminNav();
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
      <Shell
        brand={{ label: t("nav.brand"), href: paths.admin }}
        nav={nav}
        status={<Liveness />}
        figures={null}
        account={
          <AccountMenu
            name={name}
            standing={t("standing")}
            leaveLabel={t("signOut")}
            onLeave={onSignOut}
            links={[{ id: "table", label: t("nav.table"), href: paths.home }]}
          />
        }
        banner={<Lost />}
      >
        <main id="main" className="admin-main" tabIndex={-1}>
          <Page route={route} />
        </main>
      </Shell>
    </AdminContext>
  );
}

type Entrance = Exclude<AdminRoute["page"], "entity" | "player" | "raffle" | "unclaimed">;

/** What is played, who plays, what it runs on. */
const GROUPS: Readonly<Record<Entrance, string>> = {
  lobbies: "games",
  raffles: "games",
  payments: "games",
  players: "people",
  acts: "people",
  query: "machine",
  cluster: "machine",
  entities: "machine",
};

function useAdminNav(): readonly NavEntry[] {
  const { t } = useAdminText();
  return useMemo(() => {
    const entry = (
      id: Entrance,
      icon: NavEntry["icon"],
      to: AdminRoute,
      also: AdminRoute["page"] = id,
    ): NavEntry => ({
      id,
      icon,
      group: GROUPS[id],
      label: t(`nav.${id}`),
      href: hashOf(to).slice(1),
      isHere: (location) => [id, also].includes(parseRoute(`#${location}`).page),
    });
    return [
      entry("lobbies", "lobbies", { page: "lobbies" }),
      entry("raffles", "raffles", { page: "raffles", status: null }, "raffle"),
      entry("payments", "wallet", { page: "payments", filter: ALL_PAYMENTS }, "unclaimed"),
      entry("players", "players", { page: "players", query: "" }, "player"),
      entry("acts", "journal", { page: "acts", filter: ALL_ACTS }),
      entry("query", "search", { page: "query" }),
      entry("cluster", "cluster", { page: "cluster" }),
      entry("entities", "entities", { page: "entities", kind: null, prefix: "" }, "entity"),
    ];
  }, [t]);
}

/** A dot and a word: whether what stands here is as of now. */
function Liveness() {
  const { t } = useAdminText();
  const { state } = useAdmin();
  const kind = state.lost !== null ? "lost" : state.cluster === null ? "connecting" : "live";
  return (
    <p className="admin-liveness" data-liveness={kind} role="status">
      {t(`frame.${kind}`)}
    </p>
  );
}
