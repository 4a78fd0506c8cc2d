import "./Header.css";
import { useRef } from "react";
import { ConnectionLost, ConnectionStatus } from "../connection/ConnectionStatus.tsx";
import { ThemeToggle } from "../theme/ThemeToggle.tsx";
import { Balance } from "../wallet/Balance.tsx";
import { Logo } from "./Logo.tsx";
import { useTable, useTableState } from "../app/useTable.ts";

export function Header({ onLeave }: { readonly onLeave: () => void }) {
  const { session } = useTable();
  const lobbyName = useTableState((state) => state.lobby.lobby?.name);
  const dialogRef = useRef<HTMLDialogElement>(null);
  return (
    <header className="header">
      <div className="header-inner">
        <div className="header-brand">
          <Logo />
          <div>
            <p className="header-name">{lobbyName ?? "Croupier"}</p>
            <ConnectionStatus />
          </div>
        </div>
        <Balance />
        <div className="header-player">
          <span className="header-player-name" title={session.displayName}>
            {session.displayName}
          </span>
          <ThemeToggle />
          <button
            type="button"
            className="button is-quiet is-small"
            onClick={() => dialogRef.current?.showModal()}
          >
            Leave
          </button>
        </div>
      </div>
      <ConnectionLost />
      <dialog ref={dialogRef} className="header-leave" aria-labelledby="leave-title">
        <h2 id="leave-title">Leave the table?</h2>
        <p>
          You play as a guest: once you leave, this browser forgets you, and your balance cannot be
          reached again. Bets already placed are still settled.
        </p>
        <form method="dialog">
          <button className="button" autoFocus>
            Stay
          </button>
          <button className="button is-main" onClick={onLeave}>
            Leave
          </button>
        </form>
      </dialog>
    </header>
  );
}
