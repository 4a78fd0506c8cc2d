import "./Powers.css";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { POWERS, POWER_IDS, isPowerId, powerCost } from "../../../entities/lobby/race/power.ts";
import type { Power } from "../../../entities/lobby/race/power.ts";
import { Refused } from "../app/Refused.tsx";
import { useTable } from "../app/useTable.ts";
import type { Refusal } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Cast } from "../../../sdk/src/index.ts";
import { MS_PER_TICK } from "../../../sdk/src/index.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { seenOf, useRoomNow } from "../room/useRoom.ts";
import { POWER_ICONS } from "./powerIcons.ts";

/** A cooldown is shown in tenths of a second. */
const RENEW_MS = 200;

/** While the race is on: what can be done to a runner, what it costs, and when it can be done again. */
export const Powers = memo(function Powers() {
  const { t } = useTranslation("powers");
  const format = useFormat();
  const table = useTable();
  useRoomNow(RENEW_MS);
  const [target, setTarget] = useState<number | null>(null);
  const [sending, setSending] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { lobby: state, wallet, bets } = seenOf(table).get();
  const { lobby, casts, run } = state;
  if (lobby === null) return null;

  const runners = lobby.runners.filter(({ scratched }) => !scratched);
  const backed = bets.byRace[lobby.race_id]?.[0]?.selection[0];
  const chosen = target ?? backed ?? runners[0]?.number ?? 1;
  const chosenName = runners.find(({ number }) => number === chosen)?.name ?? "";
  const own = ownCasts(casts, table.session.playerId);
  const spentMinor = own.reduce((sum, { costMinor }) => sum + costMinor, 0);
  const tick = run.last?.tick ?? 0;
  const tenths = (ms: number) => `${format.number(ms / 1000, 1)} s`;

  const cast = async (power: Power) => {
    setSending(power.id);
    setRefusal(null);
    setRefusal(await table.castPower(power.id, chosen));
    setSending(null);
  };

  return (
    <section className="panel powers" aria-labelledby="powers-title">
      <div className="panel-head">
        <h2 id="powers-title">{t("title")}</h2>
        <span className="muted">{t("on", { name: chosenName })}</span>
      </div>
      <fieldset className="powers-targets">
        <legend className="unseen">{t("target")}</legend>
        {runners.map(({ number, name }) => (
          <label key={number} title={name}>
            <input
              type="radio"
              name="target"
              className="unseen"
              value={number}
              checked={number === chosen}
              onChange={() => setTarget(number)}
              aria-label={t("targetName", { number, name })}
            />
            <span>
              <RunnerMark number={number} size={28} />
            </span>
          </label>
        ))}
      </fieldset>
      <div className="powers-list">
        {POWER_IDS.map((id) => {
          const power = POWERS[id];
          const cost = powerCost(power, own.length);
          const readyInMs = cooldownMs(power, own, tick);
          const isShort = wallet !== null && wallet.available < cost;
          return (
            <button
              key={id}
              type="button"
              className="powers-cast"
              data-power={id}
              data-kind={power.kind}
              disabled={readyInMs > 0 || isShort || sending !== null}
              onClick={() => void cast(power)}
            >
              <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
                <path d={POWER_ICONS[id]} />
              </svg>
              <span className="powers-name">
                {t(`name.${id}`)}
                <span className="muted">
                  {` ${t("effect", {
                    change: `${power.kind === "buff" ? "+" : "−"}${format.percent(
                      Math.abs(power.speedPerMille) / 1000,
                    )}`,
                    time: `${format.number(power.durationMs / 1000)} s`,
                  })}, ${t("warning", { time: tenths(power.telegraphMs) })}`}
                </span>
              </span>
              <span className="powers-cost figure">
                {sending === id
                  ? "…"
                  : readyInMs > 0
                    ? t("ready", { time: tenths(readyInMs) })
                    : format.money(cost)}
              </span>
            </button>
          );
        })}
      </div>
      {refusal !== null && <Refused refusal={refusal} />}
      <ActivePowers casts={casts} tick={tick} own={own} />
      {spentMinor > 0 && (
        <p className="powers-spent muted figure">
          {t("spent", { amount: format.money(spentMinor) })}
        </p>
      )}
    </section>
  );
});

/** An answer that was seen before its announcement does not say whose it is, but only one's own is answered. */
export const ownCasts = (casts: readonly Cast[], playerId: string): readonly Cast[] =>
  casts.filter((cast) => cast.playerId === null || cast.playerId === playerId);

/** Milliseconds until the player can cast this power again, by the race's own clock. */
function cooldownMs(power: Power, own: readonly Cast[], tick: number): number {
  const casts = own
    .filter((cast) => cast.power === power.id)
    .map((cast) => cast.tick * MS_PER_TICK);
  if (casts.length === 0) return 0;
  const castAtMs = Math.max(...casts) - power.telegraphMs;
  return Math.max(0, castAtMs + power.cooldownMs - tick * MS_PER_TICK);
}

function ActivePowers({
  casts,
  tick,
  own,
}: {
  readonly casts: readonly Cast[];
  readonly tick: number;
  readonly own: readonly Cast[];
}) {
  const { t } = useTranslation("powers");
  const format = useFormat();
  const current = casts.filter((cast) => tick < cast.tick + cast.durationTicks);
  if (current.length === 0) return <p className="powers-none muted">{t("none")}</p>;
  return (
    <ul className="powers-active" aria-label={t("atWork")}>
      {current.map((cast) => {
        const isActing = tick >= cast.tick;
        const leftTicks = (isActing ? cast.tick + cast.durationTicks : cast.tick) - tick;
        const time = `${format.number((leftTicks * MS_PER_TICK) / 1000, 1)} s`;
        const power = isPowerId(cast.power) ? POWERS[cast.power] : null;
        return (
          <li key={cast.castId} data-acting={isActing} data-mine={own.includes(cast)}>
            <RunnerMark number={cast.target} size={20} />
            <span>{power === null ? cast.power : t(`name.${power.id}`)}</span>
            <span className={isActing ? "tag is-note" : "tag"}>
              {t(isActing ? "active" : "incoming", { time })}
            </span>
            <span className="muted">{t(own.includes(cast) ? "yours" : "others")}</span>
          </li>
        );
      })}
    </ul>
  );
}
