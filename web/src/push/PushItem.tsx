import "./Push.css";
import { Menu } from "@base-ui/react/menu";
import { useTranslation } from "react-i18next";
import { usePush } from "./usePush.ts";

/** The switch in the account menu; nothing where there is no push. */
export function PushItem() {
  const { t } = useTranslation("push");
  const { state, switchOff, switchOn } = usePush();
  if (state === "unsupported" || state === "unknown") return null;
  return (
    <Menu.Group>
      <Menu.GroupLabel className="menu-label">{t("title")}</Menu.GroupLabel>
      <Menu.CheckboxItem
        className="menu-item push-item"
        data-push={state}
        checked={state === "on"}
        disabled={state === "blocked" || state === "working"}
        closeOnClick={false}
        onCheckedChange={(isOn) => (isOn ? switchOn() : switchOff())}
      >
        <span className="push-switch" aria-hidden="true" />
        <span className="push-words">
          {t("here")}
          <span className="push-what">{t(`state.${state}`)}</span>
        </span>
      </Menu.CheckboxItem>
    </Menu.Group>
  );
}
