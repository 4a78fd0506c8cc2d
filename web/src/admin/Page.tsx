import { ActsPage } from "./acts/ActsPage.tsx";
import { ClusterPage } from "./cluster/ClusterPage.tsx";
import { EntitiesPage } from "./entity/EntitiesPage.tsx";
import { EntityPage } from "./entity/EntityPage.tsx";
import { LobbiesPage } from "./lobbies/LobbiesPage.tsx";
import { PaymentsPage } from "./payments/PaymentsPage.tsx";
import { PlayerPage } from "./players/PlayerPage.tsx";
import { PlayersPage } from "./players/PlayersPage.tsx";
import { QueryPage } from "./query/QueryPage.tsx";
import { RafflePage } from "./raffles/RafflePage.tsx";
import { RafflesPage } from "./raffles/RafflesPage.tsx";
import type { AdminRoute } from "./route.ts";
import { UnclaimedPage } from "./unclaimed/UnclaimedPage.tsx";

/** The page that the address names; one of another entity or player is another page. */
export function Page({ route }: { readonly route: AdminRoute }) {
  switch (route.page) {
    case "acts":
      return <ActsPage filter={route.filter} />;
    case "cluster":
      return <ClusterPage />;
    case "entities":
      return <EntitiesPage route={route} />;
    case "entity":
      return <EntityPage key={`${route.kind} ${route.entityId}`} route={route} />;
    case "lobbies":
      return <LobbiesPage />;
    case "payments":
      return <PaymentsPage filter={route.filter} />;
    case "query":
      return <QueryPage />;
    case "raffle":
      return <RafflePage key={route.raffleId} raffleId={route.raffleId} />;
    case "raffles":
      return <RafflesPage status={route.status} />;
    case "player":
      return <PlayerPage key={route.playerId} playerId={route.playerId} />;
    case "players":
      return <PlayersPage query={route.query} />;
    case "unclaimed":
      return <UnclaimedPage player={route.player} />;
  }
}
