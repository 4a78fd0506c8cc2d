import "./Push.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePush } from "./usePush.ts";

const STORAGE_KEY = "croupier.push.offered";

/**
 * Offers notices, once, where they would be of use: to who has a reservation that can run out. Nothing where there is no
 * push, or where it was answered before.
 */
export function PushOffer() {
  const { t } = useTranslation("push");
  const { state, switchOn } = usePush();
  const [wasAnswered, setWasAnswered] = useState(() => localStorage.getItem(STORAGE_KEY) !== null);
  const [hasAsked, setHasAsked] = useState(false);
  const answer = () => {
    localStorage.setItem(STORAGE_KEY, "1");
    setWasAnswered(true);
  };
  if (hasAsked) {
    // What came of it is said, and then it is put away.
    return state === "working" ? null : (
      <p className={`notice push-said ${state === "on" ? "is-good" : ""}`} role="status">
        {t(state === "on" ? "offer.on" : state === "blocked" ? "offer.blocked" : "offer.notOn")}
      </p>
    );
  }
  if (wasAnswered || state !== "off") return null;
  return (
    <aside className="panel push-offer" aria-label={t("title")} data-push-offer>
      <div>
        <p>
          <strong>{t("offer.title")}</strong>
        </p>
        <p className="muted">{t("offer.meaning")}</p>
      </div>
      <div className="push-offer-ways">
        <button
          type="button"
          className="button is-main is-small"
          onClick={() => {
            answer();
            setHasAsked(true);
            switchOn();
          }}
        >
          {t("offer.yes")}
        </button>
        <button type="button" className="button is-quiet is-small" onClick={answer}>
          {t("offer.no")}
        </button>
      </div>
    </aside>
  );
}
