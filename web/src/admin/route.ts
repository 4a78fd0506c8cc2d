/**
 * Where in the administrator's pages one is. The address's hash says it (`#/admin/entities/wallet/p_1?version=7`),
 * since the paths below `/admin` are the server's own; so links lead into the middle, and back and forward work.
 */
export type AdminRoute =
  | { readonly page: "cluster" }
  | { readonly page: "entities"; readonly kind: string | null; readonly prefix: string }
  | {
      readonly page: "entity";
      readonly kind: string;
      readonly entityId: string;
      /** Null follows the newest. */
      readonly version: number | null;
    };

const ROOT = "#/admin";

export function isAdminHash(hash: string): boolean {
  return hash === ROOT || hash.startsWith(`${ROOT}/`);
}

/** What cannot be read leads to the cluster page. */
export function parseRoute(hash: string): AdminRoute {
  const [path = "", query = ""] = hash.slice(ROOT.length).split(/\?(.*)/s);
  const [page, kind, entityId] = path.split("/").slice(1).map(decoded);
  if (page !== "entities") return { page: "cluster" };
  const params = new URLSearchParams(query);
  if (kind === undefined || kind === "" || entityId === undefined || entityId === "") {
    return { page: "entities", kind: kind || null, prefix: params.get("prefix") ?? "" };
  }
  const version = params.get("version") ?? "";
  const isVersion = /^\d{1,15}$/.test(version);
  return { page: "entity", kind, entityId, version: isVersion ? Number(version) : null };
}

export function hashOf(route: AdminRoute): string {
  switch (route.page) {
    case "cluster":
      return `${ROOT}/cluster`;
    case "entities": {
      const kind = route.kind === null ? "" : `/${encodeURIComponent(route.kind)}`;
      const prefix = route.prefix === "" ? "" : `?${new URLSearchParams({ prefix: route.prefix })}`;
      return `${ROOT}/entities${kind}${prefix}`;
    }
    case "entity": {
      const path = [route.kind, route.entityId].map(encodeURIComponent).join("/");
      return `${ROOT}/entities/${path}${route.version === null ? "" : `?version=${route.version}`}`;
    }
  }
}

/** A hash may have been typed by hand. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
