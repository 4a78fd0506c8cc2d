import "./Push.css";
import { Menu } from "@base-ui/react/menu";
import { useTranslation } from "react-i18next";
import { usePush } from "./usePush.ts";

/**
 * The switch in the account menu; nothing where there is no push. Until that is known it has its place already, so that
 * nothing below it moves from under a finger.
 */
export function PushItem() {
  const { t } = useTranslation("push");
  const { state, switchOff, switchOn } = usePush();
  if (state === "unsupported") return null;
  return (
    <Menu.Group>
      <Menu.GroupLabel className="menu-label">{t("title")}</Menu.GroupLabel>
      <Menu.CheckboxItem
        className="menu-item push-item"
        data-push={state}
        checked={state === "on"}
        disabled={state === "blocked" || state === "working" || state === "unknown"}
        closeOnClick={false}
        onCheckedChange={(isOn) => (isOn ? switchOn() : switchOff())}
      >
        <span className="push-switch" aria-hidden="true" />
        <span className="push-words">
          {t("here")}
          <span className="push-what">{t(`state.${state === "unknown" ? "working" : state}`)}</span>
        </span>
      </Menu.CheckboxItem>
    </Menu.Group>
  );
}
