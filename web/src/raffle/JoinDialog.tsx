import "../door/Door.css";
import { Tabs } from "@base-ui/react/tabs";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { AccountForm } from "../door/AccountForm.tsx";
import { GuestForm } from "../door/GuestForm.tsx";
import { Icon } from "../shell/Icon.tsx";

/** Whose numbers are they to be? Asked when somebody without a seat reserves; the picks wait behind it. */
export function JoinDialog({
  onClose,
  onEntered,
}: {
  readonly onClose: () => void;
  readonly onEntered: () => void;
}) {
  const { t } = useTranslation("raffle");
  const { t: tDoor } = useTranslation("door");
  const { t: tShell } = useTranslation("shell");
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={ref} className="raffle-join" aria-labelledby="raffle-join-title" onClose={onClose}>
      <div className="raffle-join-head">
        <h2 id="raffle-join-title">{t("join.title")}</h2>
        <button
          type="button"
          className="shell-sign"
          aria-label={tShell("close")}
          onClick={() => ref.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <p className="muted">{t("join.why")}</p>
      <Tabs.Root defaultValue="guest">
        <Tabs.List className="door-tabs" aria-label={tDoor("ways")}>
          <Tabs.Tab className="door-tab" value="guest">
            {tDoor("tab.guest")}
          </Tabs.Tab>
          <Tabs.Tab className="door-tab" value="login">
            {tDoor("tab.login")}
          </Tabs.Tab>
          <Tabs.Tab className="door-tab" value="register">
            {tDoor("tab.register")}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel className="door-panel" value="guest" tabIndex={-1}>
          <GuestForm lobbyId={undefined} onEntered={onEntered} />
        </Tabs.Panel>
        <Tabs.Panel className="door-panel" value="login" tabIndex={-1}>
          <AccountForm way="login" lobbyId={undefined} onEntered={onEntered} />
        </Tabs.Panel>
        <Tabs.Panel className="door-panel" value="register" tabIndex={-1}>
          <AccountForm way="register" lobbyId={undefined} onEntered={onEntered} />
        </Tabs.Panel>
      </Tabs.Root>
    </dialog>
  );
}
