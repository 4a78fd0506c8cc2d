import type { AccountBody } from "../../../../rpc/http/admin/players.ts";
import { useAdminText } from "../texts/useAdminText.ts";

/** What an account may be; everyone plays, so that alone says nothing special. */
export function RoleTags({ roles }: { readonly roles: AccountBody["roles"] }) {
  const { t } = useAdminText();
  return (
    <span className="role-tags">
      {roles.map((role) => (
        <span key={role} className={`tag ${role === "player" ? "" : "is-note"}`}>
          {t(`players.role.${role}`)}
        </span>
      ))}
    </span>
  );
}
