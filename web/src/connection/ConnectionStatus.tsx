import "./ConnectionStatus.css";
import { useTable, useTableState } from "../app/useTable.ts";

/** A dot and a word: whether the page is in touch with the table. */
export function ConnectionStatus() {
  const kind = useTableState((state) => state.connection.kind);
  const text = kind === "online" ? "Live" : kind === "refused" ? "Signed out" : "Connecting";
  return (
    <p className="connection" data-connection={kind} role="status">
      {text}
    </p>
  );
}

/** Says what a lost connection means for the player, and offers not to wait. */
export function ConnectionLost() {
  const kind = useTableState((state) => state.connection.kind);
  const hasLobby = useTableState((state) => state.lobby.lobby !== null);
  const table = useTable();
  if (kind === "online" || !hasLobby) return null;
  return (
    <div className="notice connection-lost" role="alert">
      <p>
        <strong>The connection is interrupted. Trying again…</strong>
        What you see may be a moment old. A bet on its way is kept and will be placed once.
      </p>
      <button type="button" className="button is-small" onClick={() => table.wake()}>
        Try now
      </button>
    </div>
  );
}
