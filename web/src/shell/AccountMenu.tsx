/** Who is here, and what goes with them: language, colours, the way out. */
import "./AccountMenu.css";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccountMenuProps } from "./accountMenuProps.ts";
import { OnDemand } from "./OnDemand.tsx";

const loadPopup = () => import("./AccountPopup.tsx");

export function AccountMenu({ name, standing, children, ...rest }: AccountMenuProps) {
  const { t } = useTranslation("shell");
  const [isOpen, setIsOpen] = useState(false);
  const [isNear, setIsNear] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const approach = () => setIsNear(true);
  return (
    <div className="account">
      <button
        ref={buttonRef}
        type="button"
        className="account-button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={t("account.label", { name })}
        title={`${name} · ${standing}`}
        onPointerEnter={approach}
        onFocus={approach}
        onClick={() => setIsOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") {
            event.preventDefault();
            setIsOpen(true);
          }
        }}
      >
        <span className="account-mark" aria-hidden="true">
          {initialOf(name)}
        </span>
        <span className="account-name">{name}</span>
      </button>
      <OnDemand
        load={loadPopup}
        isWanted={isNear || isOpen}
        with={{ name, standing, isOpen, onOpen: setIsOpen, anchor: buttonRef, ...rest }}
      />
      {children}
    </div>
  );
}

/** The first letter as people see it: an emoji or an accented letter is one. */
function initialOf(name: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first?.segment.toLocaleUpperCase() ?? "?";
}
