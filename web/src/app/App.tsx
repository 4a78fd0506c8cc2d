import { Suspense, lazy } from "react";
import type { ComponentType, LazyExoticComponent, ReactNode } from "react";
import { Route, Router, Switch } from "wouter";
import { Door } from "../door/Door.tsx";
import { HomePage } from "../lobbies/HomePage.tsx";
import { RoomPage } from "../room/RoomPage.tsx";
import { NotFound } from "../shell/NotFound.tsx";
import { PageLoading } from "../shell/PageLoading.tsx";
import { Shell } from "../shell/Shell.tsx";
import { Unreachable } from "../shell/Unreachable.tsx";
import { useNotedCommitments } from "../verify/useNotedCommitments.ts";
import { patterns } from "./paths.ts";
import type { Seat } from "./Seat.ts";
import { useLocationHash } from "./useLocationHash.ts";
import { SeatContext, useSeatState } from "./useSeat.ts";
import { TableContext } from "./useTable.ts";

/** A page that is loaded when it is asked for. A server that has just been replaced has it under another name. */
const page = <Props,>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
): LazyExoticComponent<ComponentType<Props>> =>
  lazy(() => load().catch(() => ({ default: Unreachable as ComponentType<Props> })));

const AdminPages = page(() => import("../admin/AdminPages.tsx"));
const BetsPage = page(() => import("../bets/BetsPage.tsx"));
const LatencyPage = page(() => import("../latency/LatencyPage.tsx"));
const RacePage = page(() => import("../races/RacePage.tsx"));
const RacesPage = page(() => import("../races/RacesPage.tsx"));
const RunnerPage = page(() => import("../runners/RunnerPage.tsx"));
const RunnersPage = page(() => import("../runners/RunnersPage.tsx"));
const VerifyPage = page(() => import("../verify/VerifyPage.tsx"));
const WalletPage = page(() => import("../wallet/WalletPage.tsx"));

/** The whole console: one shell, and in it the page that the address names. */
export function App({ seat }: { readonly seat: Seat }) {
  return (
    <SeatContext value={seat}>
      {/* oxlint-disable-next-line react/hooks -- the router calls it, which is what it is for */}
      <Router hook={useLocationHash}>
        <AtTable>
          <Switch>
            <Route path="/admin/*?">
              <Suspense fallback={<PageLoading />}>
                <AdminPages />
              </Suspense>
            </Route>
            <Route>
              <Shell>
                <Suspense fallback={<PageLoading />}>
                  <Pages />
                </Suspense>
              </Shell>
            </Route>
          </Switch>
        </AtTable>
      </Router>
    </SeatContext>
  );
}

function Pages() {
  return (
    <Switch>
      <Route path={patterns.home}>
        <HomePage />
      </Route>
      <Route path={patterns.lobby}>
        {({ lobbyId }) => (
          <Seated>
            <RoomPage key={lobbyId} lobbyId={lobbyId} />
          </Seated>
        )}
      </Route>
      <Route path={patterns.races}>
        <RacesPage />
      </Route>
      <Route path={patterns.race}>
        {({ raceId }) => <RacePage key={raceId} raceId={raceId} />}
      </Route>
      <Route path={patterns.verify}>
        {({ raceId }) => <VerifyPage key={raceId} raceId={raceId} />}
      </Route>
      <Route path={patterns.runners}>
        <RunnersPage />
      </Route>
      <Route path={patterns.runner}>{({ name }) => <RunnerPage key={name} name={name} />}</Route>
      <Route path={patterns.bets}>
        <Seated>
          <BetsPage />
        </Seated>
      </Route>
      <Route path={patterns.wallet}>
        <Seated>
          <WalletPage />
        </Seated>
      </Route>
      <Route path={patterns.latency}>
        <Seated>
          <LatencyPage />
        </Seated>
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

/** Gives every page the table, while there is one. */
function AtTable({ children }: { readonly children: ReactNode }) {
  const { table } = useSeatState();
  useNotedCommitments(table);
  return <TableContext value={table}>{children}</TableContext>;
}

/** A page that needs a player: the door, and behind it the page. */
function Seated({ children }: { readonly children: ReactNode }) {
  const { table } = useSeatState();
  return table === null ? <Door /> : children;
}
