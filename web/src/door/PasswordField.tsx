import { useId, useState } from "react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";

/** A password to be typed, which can be looked at. */
export function PasswordField({
  label,
  value,
  isNew,
  wrong,
  inputRef,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  /** One that is being chosen: what the browser keeps is not offered, it may offer to make one. */
  readonly isNew: boolean;
  /** What is wrong with it; null when nothing is. */
  readonly wrong: string | null;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useTranslation("door");
  const id = useId();
  const [isShown, setIsShown] = useState(false);
  return (
    <div>
      <label className="field-label" htmlFor={id} id={`${id}-label`}>
        {label}
      </label>
      <div className="door-password">
        <input
          ref={inputRef}
          id={id}
          className="input"
          type={isShown ? "text" : "password"}
          value={value}
          autoComplete={isNew ? "new-password" : "current-password"}
          required
          aria-invalid={wrong !== null}
          aria-describedby={wrong === null ? undefined : `${id}-wrong`}
          onChange={(event) => onChange(event.target.value)}
        />
        <button
          type="button"
          className="button is-quiet is-small"
          aria-pressed={isShown}
          aria-describedby={`${id}-label`}
          onClick={() => setIsShown(!isShown)}
        >
          {t("show")}
        </button>
      </div>
      {wrong !== null && (
        <p className="door-wrong" id={`${id}-wrong`}>
          {wrong}
        </p>
      )}
    </div>
  );
}
