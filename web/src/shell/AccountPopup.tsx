import { Menu } from "@base-ui/react/menu";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { LANGUAGES, chooseLanguage, isLanguage } from "../i18n/i18n.ts";
import { PushItem } from "../push/PushItem.tsx";
import { isThemeChoice, THEME_CHOICES, useTheme } from "../theme/useTheme.ts";
import type { AccountMenuProps } from "./accountMenuProps.ts";
import { Icon } from "./Icon.tsx";
import { LANGUAGE_NAMES } from "./languages.ts";
import { notify } from "./notify.ts";

const NO_LINKS: NonNullable<AccountMenuProps["links"]> = [];

export default function AccountPopup({
  name,
  standing,
  leaveLabel,
  onLeave,
  onChangePassword,
  onSignOutElsewhere,
  links = NO_LINKS,
  hasNotices = false,
  isOpen,
  onOpen,
  anchor,
}: Omit<AccountMenuProps, "children"> & {
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly anchor: RefObject<HTMLButtonElement | null>;
}) {
  const { t, i18n } = useTranslation("shell");
  const { choice, choose } = useTheme();
  const [, navigate] = useLocation();
  return (
    <Menu.Root
      open={isOpen}
      modal={false}
      onOpenChange={(open, { event }) => {
        // The button is not the menu's own, and turns its own click into an end.
        if (!open && event.target instanceof Node && anchor.current?.contains(event.target)) return;
        onOpen(open);
      }}
    >
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} align="end" sideOffset={8} className="popup-place">
          <Menu.Popup className="popup menu" finalFocus={anchor} aria-label={t("account.menu")}>
            <div className="menu-who">
              <strong>{name}</strong>
              <span className="muted">{standing}</span>
            </div>
            {links.map(({ id, label, href }) => (
              <Menu.Item key={id} className="menu-item" onClick={() => navigate(href)}>
                {label}
              </Menu.Item>
            ))}
            {hasNotices && <PushItem />}
            <Menu.RadioGroup
              value={i18n.language}
              onValueChange={(language) => {
                if (!isLanguage(language)) return;
                chooseLanguage(language).catch(() =>
                  notify({ kind: "note", text: { key: "shell:languageMissing" } }),
                );
              }}
            >
              <Menu.GroupLabel className="menu-label">{t("language")}</Menu.GroupLabel>
              {LANGUAGES.map((language) => (
                <Choice
                  key={language}
                  value={language}
                  label={LANGUAGE_NAMES[language]}
                  lang={language}
                />
              ))}
            </Menu.RadioGroup>
            <Menu.RadioGroup
              value={choice}
              onValueChange={(next) => {
                if (isThemeChoice(next)) choose(next);
              }}
            >
              <Menu.GroupLabel className="menu-label">{t("theme.label")}</Menu.GroupLabel>
              {THEME_CHOICES.map((theme) => (
                <Choice key={theme} value={theme} label={t(`theme.${theme}`)} />
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className="menu-line" />
            {onChangePassword !== undefined && (
              <Menu.Item className="menu-item" onClick={onChangePassword}>
                {t("account.changePassword")}
              </Menu.Item>
            )}
            {onSignOutElsewhere !== undefined && (
              <Menu.Item className="menu-item" onClick={onSignOutElsewhere}>
                {t("account.signOutElsewhere")}
              </Menu.Item>
            )}
            <Menu.Item className="menu-item" onClick={onLeave}>
              {leaveLabel}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Choice({
  value,
  label,
  lang,
}: {
  readonly value: string;
  readonly label: string;
  readonly lang?: string;
}) {
  return (
    <Menu.RadioItem value={value} className="menu-item" lang={lang} closeOnClick={false}>
      <span className="menu-check">
        <Menu.RadioItemIndicator>
          <Icon name="check" size={16} />
        </Menu.RadioItemIndicator>
      </span>
      {label}
    </Menu.RadioItem>
  );
}
