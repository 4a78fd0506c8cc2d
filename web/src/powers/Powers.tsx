import "./Powers.css";
import { useState } from "react";
import { POWERS, POWER_IDS, powerCost } from "../../../entities/lobby/race/power.ts";
import type { Power } from "../../../entities/lobby/race/power.ts";
import { Refused } from "../app/Refused.tsx";
import { useServerNow } from "../app/useServerNow.ts";
import { useTable } from "../app/useTable.ts";
import type { Refusal } from "../connection/Outbox.ts";
import type { Cast } from "../lobby/LobbyState.ts";
import { MS_PER_TICK } from "../race/Run.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { formatMoney } from "../wallet/money.ts";
import { POWER_ICONS } from "./powerIcons.ts";

/** A cooldown is shown in tenths of a second. */
const RENEW_MS = 200;

/** While the race is on: what can be done to a runner, what it costs, and when it can be done again. */
export function Powers() {
  const table = useTable();
  useServerNow(RENEW_MS);
  const [target, setTarget] = useState<number | null>(null);
  const [sending, setSending] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { lobby: state, wallet, bets } = table.store.get();
  const { lobby, casts, run } = state;
  if (lobby === null) return null;

  const runners = lobby.runners.filter(({ scratched }) => !scratched);
  const backed = bets.byRace[lobby.race_id]?.[0]?.selection[0];
  const chosen = target ?? backed ?? runners[0]?.number ?? 1;
  const chosenName = runners.find(({ number }) => number === chosen)?.name ?? "";
  // An answer that was seen before its announcement does not say whose it is, but only one's own is answered.
  const own = casts.filter(
    ({ playerId }) => playerId === null || playerId === table.session.playerId,
  );
  const tick = run.last?.tick ?? 0;

  const cast = async (power: Power) => {
    setSending(power.id);
    setRefusal(null);
    setRefusal(await table.castPower(power.id, chosen));
    setSending(null);
  };

  return (
    <section className="panel powers" aria-labelledby="powers-title">
      <div className="panel-head">
        <h2 id="powers-title">Powers</h2>
        <span className="muted">on {chosenName}</span>
      </div>
      <fieldset className="powers-targets">
        <legend className="unseen">Target</legend>
        {runners.map(({ number, name }) => (
          <label key={number} title={name}>
            <input
              type="radio"
              name="target"
              className="unseen"
              value={number}
              checked={number === chosen}
              onChange={() => setTarget(number)}
              aria-label={`${number} ${name}`}
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
                {power.name}
                <span className="muted">{describe(power)}</span>
              </span>
              <span className="powers-cost figure">
                {sending === id
                  ? "…"
                  : readyInMs > 0
                    ? `${(readyInMs / 1000).toFixed(1)} s`
                    : formatMoney(cost)}
              </span>
            </button>
          );
        })}
      </div>
      {refusal !== null && <Refused refusal={refusal} />}
      <ActivePowers casts={casts} tick={tick} own={own} />
    </section>
  );
}

function describe({ kind, speedPerMille, durationMs }: Power): string {
  const percent = Math.abs(speedPerMille) / 10;
  return ` ${kind === "buff" ? "+" : "−"}${percent}% speed, up to ${durationMs / 1000} s`;
}

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
  const current = casts.filter((cast) => tick < cast.tick + cast.durationTicks);
  if (current.length === 0) return <p className="powers-none muted">No power is at work.</p>;
  return (
    <ul className="powers-active" aria-label="Powers at work">
      {current.map((cast) => {
        const isActing = tick >= cast.tick;
        const leftTicks = (isActing ? cast.tick + cast.durationTicks : cast.tick) - tick;
        const name = POWER_IDS.find((id) => id === cast.power);
        return (
          <li key={cast.castId}>
            <RunnerMark number={cast.target} size={20} />
            <span>{name === undefined ? cast.power : POWERS[name].name}</span>
            <span className={isActing ? "tag is-note" : "tag"}>
              {isActing ? "active" : "incoming"} {((leftTicks * MS_PER_TICK) / 1000).toFixed(1)} s
            </span>
            {own.includes(cast) && <span className="muted">yours</span>}
          </li>
        );
      })}
    </ul>
  );
}
