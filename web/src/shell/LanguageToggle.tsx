import { useTranslation } from "react-i18next";
import { LANGUAGES, chooseLanguage, isLanguage } from "../i18n/i18n.ts";
import { LANGUAGE_NAMES } from "./languages.ts";
import { notify } from "./notify.ts";

/** The language, at the door, where there is no account's menu yet. */
export function LanguageToggle() {
  const { t, i18n } = useTranslation("shell");
  return (
    <select
      className="language-toggle"
      aria-label={t("language")}
      value={i18n.language}
      onChange={(event) => {
        const language = event.target.value;
        if (!isLanguage(language)) return;
        chooseLanguage(language).catch(() =>
          notify({ kind: "note", text: { key: "shell:languageMissing" } }),
        );
      }}
    >
      {LANGUAGES.map((language) => (
        <option key={language} value={language} lang={language}>
          {LANGUAGE_NAMES[language]}
        </option>
      ))}
    </select>
  );
}
