import "./PlayersPage.css";
import { useId } from "react";
import type { PlayerRowBody } from "../../../../rpc/http/admin/players.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { useTitle } from "../../shell/useTitle.ts";
import { ListTable } from "../ListTable.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { Waiting } from "../Waiting.tsx";
import { hashOf } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { paged, useListing } from "../useListing.ts";
import { navigate } from "../useRoute.ts";
import { useSettled } from "../useSettled.ts";
import { RoleTags } from "./RoleTags.tsx";

/** Between two keys of someone who types on. */
const PAUSE_MS = 200;
/** People join now and then; nobody waits for it here. */
const POLL_MS = 5_000;

/** All players, to be found by how their id or a name of theirs begins. */
export function PlayersPage({ query }: { readonly query: string }) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const inputId = useId();
  const asked = useSettled(query.trim(), PAUSE_MS);
  const { shown, problem, more } = useListing(
    asked,
    async (after) =>
      paged(await client.players({ query: asked, after }), (body) => ({
        rows: body.players,
        next: body.next_after,
      })),
    POLL_MS,
  );
  useTitle(t("players.title"));
  return (
    <>
      <div className="page-head">
        <h1>{t("players.title")}</h1>
        <p className="muted figure" role="status">
          {shown !== null &&
            (shown.next === null
              ? t("players.count", { count: shown.rows.length })
              : t("players.countAndMore", { count: shown.rows.length }))}
        </p>
      </div>
      <form className="players-search" role="search" onSubmit={(event) => event.preventDefault()}>
        <label className="unseen" htmlFor={inputId}>
          {t("players.search")}
        </label>
        <input
          id={inputId}
          className="input"
          type="search"
          placeholder={t("players.placeholder")}
          value={query}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => navigate({ page: "players", query: event.target.value }, "replace")}
        />
      </form>
      {problem !== null && <ProblemNotice problem={problem} />}
      {shown === null && problem === null && <Waiting>{t("players.looking")}</Waiting>}
      {shown?.rows.length === 0 && (
        <p className="empty">
          {shown.subject === ""
            ? t("players.nothing")
            : t("players.nobody", { query: shown.subject })}
        </p>
      )}
      {shown !== null && shown.rows.length > 0 && (
        <ListTable
          label={t("players.found")}
          className="players-table"
          columns={[
            { name: t("players.name") },
            { name: t("players.username") },
            { name: t("players.id") },
            { name: t("players.roles") },
            { name: t("players.since") },
          ]}
          isBusy={shown.subject !== asked}
          onMore={shown.next === null ? null : more}
        >
          {shown.rows.map((player) => (
            <Row key={player.player_id} player={player} />
          ))}
        </ListTable>
      )}
    </>
  );
}

function Row({ player }: { readonly player: PlayerRowBody }) {
  const { t } = useAdminText();
  const format = useFormat();
  const { player_id: playerId, username, display_name: name, roles, created_at: at } = player;
  return (
    <tr data-player={playerId}>
      <th scope="row">
        <a href={hashOf({ page: "player", playerId })}>{name}</a>
      </th>
      <td>{username ?? <span className="tag">{t("players.guest")}</span>}</td>
      <td className="mono">{playerId}</td>
      <td>
        <RoleTags roles={roles} />
      </td>
      <td className="players-since">
        <time dateTime={at}>{format.dateTime(at)}</time>
      </td>
    </tr>
  );
}
