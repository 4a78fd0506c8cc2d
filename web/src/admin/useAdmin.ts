import { createContext, useContext } from "react";
import type { AdminClient } from "./AdminClient.ts";
import type { ClusterState } from "./cluster/ClusterState.ts";

/** What every page of the administrator's has at hand. */
export interface Admin {
  readonly client: AdminClient;
  /** Follows the cluster each second, whatever page is open. */
  readonly state: ClusterState;
  /** Asks for the cluster at once. */
  readonly refresh: () => void;
}

export const AdminContext = createContext<Admin | null>(null);

export function useAdmin(): Admin {
  const admin = useContext(AdminContext);
  if (admin === null) throw new Error("Nobody has signed in here.");
  return admin;
}
