/**
 * The frame around every page of the console: where one can go, who is here, whether all is live, and what has happened.
 *
 * Left to itself it is the player's frame. Other parts of the console (the administrator's) use the same one and say
 * what is theirs; each property stands alone, and what is left out is the player's:
 *
 *     <Shell
 *       brand={{ label: "Croupier · Administration", href: paths.admin }}
 *       nav={[{ id: "cluster", label: t("nav.cluster"), href: "/admin/cluster", icon: "cluster" }]}
 *       status={<Liveness />}
 *       figures={null}
 *       account={<AccountMenu name={name} standing={t("standing")} leaveLabel={t("signOut")} onLeave={signOut} />}
 *       banner={<Lost />}
 *       commands={[{ id: "pause", label: t("pause"), run: pause }]}
 *     >
 *
 * A page inside renders its own `<main id="main" tabIndex={-1}>` with one `<h1>`, and names itself with `useTitle`.
 * What sticks to the screen's edges keeps clear of the frame by `--shell-top` and `--shell-bottom` (theme/tokens.css).
 */
import "./Shell.css";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { useSeatState } from "../app/useSeat.ts";
import { ConnectionLost, ConnectionStatus } from "../connection/ConnectionStatus.tsx";
import { OfflineBanner } from "../offline/OfflineBanner.tsx";
import { UpdateBanner } from "../offline/UpdateBanner.tsx";
import { Balance } from "../wallet/Balance.tsx";
import { FrozenBanner } from "../wallet/FrozenBanner.tsx";
import { Bell } from "./Bell.tsx";
import { Logo } from "./Logo.tsx";
import { BottomBar, Rail } from "./Nav.tsx";
import type { NavEntry } from "./navEntry.ts";
import { PaletteButton } from "./PaletteButton.tsx";
import type { PaletteCommand } from "./paletteOffer.ts";
import { PlayerAccount } from "./PlayerAccount.tsx";
import { TableNews } from "./TableNews.tsx";
import { Toasts } from "./Toasts.tsx";
import { useArrival } from "./useArrival.ts";
import { usePlayerNav } from "./usePlayerNav.ts";

export interface ShellProps {
  readonly children: ReactNode;
  /** Where the mark leads, and its name for who does not see it. */
  readonly brand?: { readonly label: string; readonly href: string };
  /** Where one can go, most used first: a phone shows the first four, the rest is behind "more". */
  readonly nav?: readonly NavEntry[];
  /** Whether what is shown is live. Null: nothing. */
  readonly status?: ReactNode;
  /** What one has; null: nothing. */
  readonly figures?: ReactNode;
  /** Who is here, with a way out: an `AccountMenu`. */
  readonly account?: ReactNode;
  /** What must be known on every page, across its whole width. */
  readonly banner?: ReactNode;
  /** Beside the pages of `nav`, what the command palette offers. */
  readonly commands?: readonly PaletteCommand[];
}

/** What stands in the frame unless somebody says otherwise. */
const PLAYER = {
  status: <PlayerStatus />,
  figures: <PlayerFigures />,
  account: <PlayerAccount />,
  banner: <PlayerBanner />,
};

export function Shell({
  children,
  brand,
  nav,
  status = PLAYER.status,
  figures = PLAYER.figures,
  account = PLAYER.account,
  banner = PLAYER.banner,
  commands,
}: ShellProps) {
  const { t } = useTranslation("shell");
  const playerNav = usePlayerNav();
  const entries = nav ?? playerNav;
  const isSomeoneHere = useSeatState().table !== null || nav !== undefined;
  useArrival();
  return (
    <div className="shell">
      <a className="shell-skip button is-main" href="#main" onClick={skipToMain}>
        {t("skip")}
      </a>
      <header className="shell-header">
        <div className="shell-header-inner">
          <Link
            className="shell-brand"
            href={brand?.href ?? paths.home}
            aria-label={brand?.label ?? t("brand")}
          >
            <Logo size={34} />
            <span className="shell-name">Croupier</span>
          </Link>
          {status}
          <PaletteButton
            nav={entries}
            {...(commands === undefined ? {} : { commands })}
            isPlayers={nav === undefined}
          />
          {figures}
          {isSomeoneHere && <Bell />}
          {account}
        </div>
      </header>
      <Rail entries={entries} />
      <div className="shell-page">
        <UpdateBanner />
        {banner}
        {children}
      </div>
      <BottomBar entries={entries} />
      <Toasts />
    </div>
  );
}

/** The hash is the route, so an anchor of the page cannot be in it. */
function skipToMain(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function PlayerStatus() {
  const { table } = useSeatState();
  return table === null ? null : <ConnectionStatus />;
}

function PlayerFigures() {
  const { table } = useSeatState();
  return table === null ? null : <Balance />;
}

function PlayerBanner() {
  const { table } = useSeatState();
  if (table === null) return <OfflineBanner />;
  return (
    <>
      <TableNews key={table.session.playerId} />
      <ConnectionLost />
      <FrozenBanner />
    </>
  );
}
