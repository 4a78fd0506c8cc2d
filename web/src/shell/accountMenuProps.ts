import type { ReactNode } from "react";

export interface AccountMenuProps {
  readonly name: string;
  /** What one is here as, in a word or two: guest, administrator. */
  readonly standing: string;
  readonly leaveLabel: string;
  readonly onLeave: () => void;
  /** Pages that go with the account. */
  readonly links?: readonly {
    readonly id: string;
    readonly label: string;
    readonly href: string;
  }[];
  /** Asks for another password; without it the menu does not offer one. */
  readonly onChangePassword?: () => void;
  /** Ends the account's sessions on all other devices; without it the menu does not offer to. */
  readonly onSignOutElsewhere?: () => void;
  /** Whether the menu has the switch for notices to this browser. */
  readonly hasNotices?: boolean;
  /** What the menu's items may open beside it, such as a dialog. */
  readonly children?: ReactNode;
}
