import "./Blank.css";
import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./Icon.tsx";

export interface BlankProps {
  readonly icon: IconName;
  readonly title: string;
  readonly meaning?: string | undefined;
  /** Set when something went wrong: it is read out at once. */
  readonly role?: "alert";
  /** The server's, where it gave one. */
  readonly code?: string | undefined;
  /** The ways on from here, at most one of them the main one. */
  readonly children?: ReactNode;
}

/** Where there is nothing to show: what would stand here, and how one gets there. */
export function Blank({ icon, title, meaning, role, code, children }: BlankProps) {
  return (
    <div className="blank" role={role} data-code={code}>
      <span className="blank-sign">
        <Icon name={icon} size={26} />
      </span>
      <p className="blank-title">{title}</p>
      {meaning !== undefined && <p className="blank-meaning">{meaning}</p>}
      {children !== undefined && <div className="blank-ways">{children}</div>}
    </div>
  );
}
