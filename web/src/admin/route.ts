/**
 * Where in the administrator's pages one is. The address's hash says it (`#/admin/entities/wallet/p_1?version=7`),
 * since the paths below `/admin` are the server's own; so links lead into the middle, and back and forward work.
 */
import { asking, pathOf } from "./address.ts";

export type AdminRoute =
  | { readonly page: "cluster" }
  | { readonly page: "entities"; readonly kind: string | null; readonly prefix: string }
  | {
      readonly page: "entity";
      readonly kind: string;
      readonly entityId: string;
      /** Null follows the newest. */
      readonly version: number | null;
    }
  | { readonly page: "lobbies" }
  | { readonly page: "query" }
  | { readonly page: "players"; readonly query: string }
  | { readonly page: "player"; readonly playerId: string }
  | { readonly page: "acts"; readonly filter: ActFilter }
  | { readonly page: "raffles"; readonly status: string | null }
  | { readonly page: "raffle"; readonly raffleId: string }
  | { readonly page: "payments"; readonly filter: PaymentFilter }
  | { readonly page: "unclaimed"; readonly player: string | null };

/** Which acts are shown; null for any. */
export interface ActFilter {
  readonly by: string | null;
  readonly act: string | null;
  /** How far back. */
  readonly within: ActWindow | null;
}

export const ACT_WINDOWS = ["hour", "day", "week"] as const;
export type ActWindow = (typeof ACT_WINDOWS)[number];

export const ALL_ACTS: ActFilter = { by: null, act: null, within: null };

/** Which payments are shown; null for any. */
export interface PaymentFilter {
  readonly raffle: string | null;
  readonly player: string | null;
  readonly provider: string | null;
  readonly status: string | null;
}

export const ALL_PAYMENTS: PaymentFilter = {
  raffle: null,
  player: null,
  provider: null,
  status: null,
};

const ROOT = "#/admin";

export function isAdminHash(hash: string): boolean {
  return hash === ROOT || hash.startsWith(`${ROOT}/`);
}

/** What cannot be read leads to the cluster page. */
export function parseRoute(hash: string): AdminRoute {
  const [path = "", query = ""] = hash.slice(ROOT.length).split(/\?(.*)/s);
  const [page, first = "", second = ""] = path.split("/").slice(1).map(decoded);
  const params = new URLSearchParams(query);
  switch (page) {
    case "entities":
      return first !== "" && second !== ""
        ? { page: "entity", kind: first, entityId: second, version: versionIn(params) }
        : { page: "entities", kind: first || null, prefix: params.get("prefix") ?? "" };
    case "lobbies":
      return { page: "lobbies" };
    case "query":
      return { page: "query" };
    case "players":
      return first === ""
        ? { page: "players", query: params.get("query") ?? "" }
        : { page: "player", playerId: first };
    case "acts": {
      const within = ACT_WINDOWS.find((window) => window === params.get("within")) ?? null;
      const filter = { by: params.get("by") || null, act: params.get("act") || null, within };
      return { page: "acts", filter };
    }
    case "raffles":
      return first === ""
        ? { page: "raffles", status: params.get("status") || null }
        : { page: "raffle", raffleId: first };
    case "payments": {
      const asked = (name: keyof PaymentFilter) => params.get(name) || null;
      const filter = {
        raffle: asked("raffle"),
        player: asked("player"),
        provider: asked("provider"),
        status: asked("status"),
      };
      return { page: "payments", filter };
    }
    case "unclaimed":
      return { page: "unclaimed", player: params.get("player") || null };
    default:
      return { page: "cluster" };
  }
}

export function hashOf(route: AdminRoute): string {
  switch (route.page) {
    case "cluster":
    case "lobbies":
    case "query":
      return to([route.page]);
    case "entities":
      return to(["entities", ...(route.kind === null ? [] : [route.kind])], {
        prefix: route.prefix,
      });
    case "entity":
      return to(["entities", route.kind, route.entityId], { version: route.version });
    case "players":
      return to(["players"], { query: route.query });
    case "player":
      return to(["players", route.playerId]);
    case "acts":
      return to(["acts"], { ...route.filter });
    case "raffles":
      return to(["raffles"], { status: route.status });
    case "raffle":
      return to(["raffles", route.raffleId]);
    case "payments":
      return to(["payments"], { ...route.filter });
    case "unclaimed":
      return to(["unclaimed"], { player: route.player });
  }
}

function to(
  segments: readonly string[],
  query: Readonly<Record<string, string | number | null>> = {},
): string {
  return asking(`${ROOT}${pathOf(...segments)}`, query);
}

function versionIn(params: URLSearchParams): number | null {
  const version = params.get("version") ?? "";
  return /^\d{1,15}$/.test(version) ? Number(version) : null;
}

/** A hash may have been typed by hand. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
