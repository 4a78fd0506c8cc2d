/**
 * Where a player without a seat gets one. Who has never heard of Croupier sees a table as it is right now, and needs one
 * field and one button to sit at it; who has an account signs in beside.
 */
import "./Door.css";
import { Tabs } from "@base-ui/react/tabs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useRoute } from "wouter";
import { paths, patterns } from "../app/paths.ts";
import { useSeatState } from "../app/useSeat.ts";
import { Elsewhere } from "../lobbies/Elsewhere.tsx";
import { useLobbies } from "../lobbies/useLobbies.ts";
import type { Session } from "../session/Session.ts";
import { useTitle } from "../shell/useTitle.ts";
import { AccountForm } from "./AccountForm.tsx";
import { GuestForm } from "./GuestForm.tsx";
import { LiveTables } from "./LiveTables.tsx";

export function Door() {
  const { notice } = useSeatState();
  const { t } = useTranslation("door");
  const [location, navigate] = useLocation();
  const [, asked] = useRoute(patterns.lobby);
  const [chosen, setChosen] = useState<string | null>(null);
  const live = useLobbies();
  useTitle(t("title"));
  // A link to a table leads to it; else the first is as good as any.
  const lobbyId = chosen ?? asked?.lobbyId ?? live.lobbies?.[0]?.lobby_id;
  const enter = (session: Session) => {
    // Who asked for another page finds it behind the door.
    if (location === paths.home || asked !== null) navigate(paths.lobby(session.lobbyId));
  };
  return (
    <main className="door" id="main" tabIndex={-1}>
      <div className="door-columns">
        <div className="door-pitch">
          <h1>{t("headline")}</h1>
          <p className="door-lead">{t("lead")}</p>
          <ol className="door-steps">
            <li>{t("steps.pick")}</li>
            <li>{t("steps.power")}</li>
            <li>{t("steps.check")}</li>
          </ol>
        </div>
        <div className="door-card panel">
          {notice !== null && (
            <p className="notice" role="status">
              {t("expired")}
            </p>
          )}
          <Tabs.Root defaultValue="guest">
            <Tabs.List className="door-tabs" aria-label={t("ways")}>
              <Tabs.Tab className="door-tab" value="guest">
                {t("tab.guest")}
              </Tabs.Tab>
              <Tabs.Tab className="door-tab" value="login">
                {t("tab.login")}
              </Tabs.Tab>
              <Tabs.Tab className="door-tab" value="register">
                {t("tab.register")}
              </Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel className="door-panel" value="guest" tabIndex={-1}>
              <GuestForm lobbyId={lobbyId} onEntered={enter} />
            </Tabs.Panel>
            <Tabs.Panel className="door-panel" value="login" tabIndex={-1}>
              <AccountForm key="login" way="login" lobbyId={lobbyId} onEntered={enter} />
            </Tabs.Panel>
            <Tabs.Panel className="door-panel" value="register" tabIndex={-1}>
              <AccountForm key="register" way="register" lobbyId={lobbyId} onEntered={enter} />
            </Tabs.Panel>
          </Tabs.Root>
        </div>
        <LiveTables live={live} chosen={lobbyId} onChoose={setChosen} />
        <Elsewhere />
      </div>
    </main>
  );
}
