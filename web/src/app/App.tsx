import { Suspense, useEffect } from "react";
import type { ComponentType, ReactNode } from "react";
import { Route, Router, Switch } from "wouter";
import { Door } from "../door/Door.tsx";
import { loadPageTexts } from "../i18n/i18n.ts";
import { HomePage } from "../lobbies/HomePage.tsx";
import { NotFound } from "../shell/NotFound.tsx";
import { PageLoading } from "../shell/PageLoading.tsx";
import { Shell } from "../shell/Shell.tsx";
import { useNotedCommitments } from "../verify/useNotedCommitments.ts";
import { page } from "./page.tsx";
import type { Page } from "./page.tsx";
import { nameIn, patterns } from "./paths.ts";
import type { Seat } from "./Seat.ts";
import { useLocationHash } from "./useLocationHash.ts";
import { SeatContext, useSeatState } from "./useSeat.ts";
import { TableContext } from "./useTable.ts";

const RoomPage = page(() => import("../room/RoomPage.tsx"));

/** A page whose texts are not there from the first, either. */
const farPage = <Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
): Page<Props> => page(() => Promise.all([load(), loadPageTexts()]).then(([module]) => module));

const AdminPages = farPage(() => import("../admin/AdminPages.tsx"));
const BetsPage = farPage(() => import("../bets/BetsPage.tsx"));
const CheckoutPage = farPage(() => import("../checkout/CheckoutPage.tsx"));
const DrawPage = farPage(() => import("../draw/DrawPage.tsx"));
const EquityPage = farPage(() => import("../equity/EquityPage.tsx"));
const HandImportPage = farPage(() => import("../import/HandImportPage.tsx"));
const HandPage = farPage(() => import("../hand/HandPage.tsx"));
const HandPlayerPage = farPage(() => import("../handPlayers/HandPlayerPage.tsx"));
const HandPlayersPage = farPage(() => import("../handPlayers/HandPlayersPage.tsx"));
const HandsPage = farPage(() => import("../hands/HandsPage.tsx"));
const LatencyPage = farPage(() => import("../latency/LatencyPage.tsx"));
const OrganiserPage = farPage(() => import("../organiser/OrganiserPage.tsx"));
const RafflePage = farPage(() => import("../raffle/RafflePage.tsx"));
const RafflesPage = farPage(() => import("../raffles/RafflesPage.tsx"));
const RacePage = farPage(() => import("../races/RacePage.tsx"));
const RacesPage = farPage(() => import("../races/RacesPage.tsx"));
const RunnerPage = farPage(() => import("../runners/RunnerPage.tsx"));
const RunnersPage = farPage(() => import("../runners/RunnersPage.tsx"));
const TicketsPage = farPage(() => import("../tickets/TicketsPage.tsx"));
const VerifyPage = farPage(() => import("../verify/VerifyPage.tsx"));
const WalletPage = farPage(() => import("../wallet/WalletPage.tsx"));

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
        <RoomAhead />
        <HomePage />
      </Route>
      <Route path={patterns.lobby}>
        {({ lobbyId }) => (
          <>
            <RoomAhead />
            <Seated>
              <RoomPage key={lobbyId} lobbyId={lobbyId} />
            </Seated>
          </>
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
      <Route path={patterns.raffles}>
        <RafflesPage />
      </Route>
      <Route path={patterns.raffle}>
        {({ raffleId }) => <RafflePage key={raffleId} raffleId={raffleId} />}
      </Route>
      <Route path={patterns.draw}>
        {({ raffleId }) => <DrawPage key={raffleId} raffleId={raffleId} />}
      </Route>
      <Route path={patterns.checkout}>
        {({ reservationId }) => (
          <Seated>
            <CheckoutPage key={reservationId} reservationId={reservationId} />
          </Seated>
        )}
      </Route>
      <Route path={patterns.tickets}>
        <Seated>
          <TicketsPage />
        </Seated>
      </Route>
      <Route path={patterns.organiser}>
        <Seated>
          <OrganiserPage />
        </Seated>
      </Route>
      <Route path={patterns.equity}>
        <EquityPage />
      </Route>
      <Route path={patterns.hands}>
        <HandsPage />
      </Route>
      <Route path={patterns.handImport}>
        <HandImportPage />
      </Route>
      <Route path={patterns.hand}>
        <Named>{(handId) => <HandPage key={handId} handId={handId} />}</Named>
      </Route>
      <Route path={patterns.handPlayers}>
        <HandPlayersPage />
      </Route>
      <Route path={patterns.handPlayer}>
        <Named>{(name) => <HandPlayerPage key={name} name={name} />}</Named>
      </Route>
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

/** A page of something whose name may have any mark in it. */
function Named({ children }: { readonly children: (name: string) => ReactNode }) {
  const [path] = useLocationHash();
  return children(nameIn(path));
}

/** Gives every page the table, while there is one. */
function AtTable({ children }: { readonly children: ReactNode }) {
  const { table } = useSeatState();
  useNotedCommitments(table);
  return <TableContext value={table}>{children}</TableContext>;
}

/**
 * Loads the room before it is entered: for who has a seat at once, at the door with the first sign that somebody is about to
 * come in. Until then nothing stands between a newcomer and the door.
 */
function RoomAhead() {
  const hasSeat = useSeatState().table !== null;
  useEffect(() => {
    if (hasSeat) {
      RoomPage.preload();
      return undefined;
    }
    for (const sign of SIGNS) addEventListener(sign, RoomPage.preload, { once: true });
    return () => {
      for (const sign of SIGNS) removeEventListener(sign, RoomPage.preload);
    };
  }, [hasSeat]);
  return null;
}

const SIGNS = ["input", "keydown", "pointerdown"] as const;

/** A page that needs a player: the door, and behind it the page. */
function Seated({ children }: { readonly children: ReactNode }) {
  const { table } = useSeatState();
  return table === null ? <Door /> : children;
}
