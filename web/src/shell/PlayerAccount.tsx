import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { paths } from "../app/paths.ts";
import { useSeat, useSession } from "../app/useSeat.ts";
import { loadPageTexts } from "../i18n/i18n.ts";
import { forgetKnown } from "../offline/LastKnown.ts";
import { endPush } from "../push/Push.ts";
import { isGuest } from "../session/Session.ts";
import { ThemeToggle } from "../theme/ThemeToggle.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import { LanguageToggle } from "./LanguageToggle.tsx";
import { LeaveDialog } from "./LeaveDialog.tsx";
import { forgetNews, notify } from "./notify.ts";
import { OnDemand } from "./OnDemand.tsx";
import { onAskToLeave } from "./askToLeave.ts";
import { useListener } from "./useListener.ts";

const loadPasswordDialog = () =>
  Promise.all([import("../account/PasswordDialog.tsx"), loadPageTexts()]).then(
    ([module]) => module,
  );

/** The player's corner: who plays and the way out, or the way in. */
export function PlayerAccount() {
  const seat = useSeat();
  const session = useSession();
  const { t } = useTranslation("shell");
  const [location, navigate] = useLocation();
  const [asks, setAsks] = useState(false);
  /** How often it was asked for, since it was closed last; each time the form is another one, and what failed to load is loaded again. */
  const [passwordAsks, setPasswordAsks] = useState(0);
  useListener(onAskToLeave, () => setAsks(true));
  if (session === null) {
    return (
      <div className="account is-door">
        <LanguageToggle />
        <ThemeToggle />
        {location !== paths.home && (
          <Link href={paths.home} className="button is-main is-small">
            {t("takeSeat")}
          </Link>
        )}
      </div>
    );
  }
  const leave = () => {
    setAsks(false);
    forgetNews();
    forgetKnown(localStorage);
    void endPush();
    seat.leave();
    navigate(paths.home);
  };
  const signOutElsewhere = async () => {
    const ended = await seat.croupier.signOutElsewhere();
    if (ended === "refreshed")
      notify({ kind: "good", text: { key: "shell:account.signedOutElsewhere" } });
    // A refused session ends, which the door tells.
    if (ended === "failed")
      notify({ kind: "note", text: { key: "shell:account.notSignedOutElsewhere" } });
  };
  const guest = isGuest(session);
  const { username } = session;
  return (
    <AccountMenu
      name={session.displayName}
      standing={t(guest ? "account.guest" : "account.registered")}
      leaveLabel={t(guest ? "leave" : "signOut")}
      onLeave={() => setAsks(true)}
      {...(guest ? {} : { onChangePassword: () => setPasswordAsks(passwordAsks + 1) })}
      onSignOutElsewhere={() => void signOutElsewhere()}
      hasNotices
      links={[
        { id: "organiser", label: t("nav.organiser"), href: paths.organiser },
        { id: "admin", label: t("nav.admin"), href: paths.admin },
      ]}
    >
      <LeaveDialog isOpen={asks} isGuest={guest} onStay={() => setAsks(false)} onLeave={leave} />
      {username !== undefined && passwordAsks > 0 && (
        <OnDemand
          key={passwordAsks}
          load={loadPasswordDialog}
          isWanted
          with={{ username, onClose: () => setPasswordAsks(0) }}
        />
      )}
    </AccountMenu>
  );
}
