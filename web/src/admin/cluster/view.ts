/** How processes are shown, as this browser was last told: cards say all of a few, a table compares many. */
export const VIEWS = ["cards", "table"] as const;
export type View = (typeof VIEWS)[number];

const STORAGE_KEY = "croupier.admin.processes";

export function keptView(storage: Pick<Storage, "getItem">): View {
  const kept = storage.getItem(STORAGE_KEY);
  return VIEWS.find((view) => view === kept) ?? "cards";
}

export function keepView(storage: Pick<Storage, "setItem">, view: View): void {
  storage.setItem(STORAGE_KEY, view);
}
