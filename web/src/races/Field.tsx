import "./Field.css";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { RaceBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";

const ABILITIES = ["speed", "stamina", "start", "consistency"] as const;

/** Form is stated in thousandths of the best. */
const FORM_MAX = 1000;

/** Who ran, and in what form. */
export function Field({ race: { runners } }: { readonly race: RaceBody }) {
  const { t } = useTranslation("races");
  return (
    <section className="panel field" aria-labelledby="field-title">
      <div className="panel-head">
        <h2 id="field-title">{t("race.field")}</h2>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("race.runner")}</th>
            {ABILITIES.map((ability) => (
              <th key={ability} scope="col">
                {t(`race.${ability}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runners.map(({ form, name, number, scratched }) => (
            <tr key={number}>
              <th scope="row">
                <span className="field-runner">
                  <RunnerMark number={number} size={26} dimmed={scratched} />
                  <span>
                    <Link href={paths.runner(name)}>{name}</Link>
                    {scratched && (
                      <span className="tag field-scratched">{t("race.scratched")}</span>
                    )}
                  </span>
                </span>
              </th>
              {ABILITIES.map((ability) => (
                <td key={ability} className="figure" data-label={t(`race.${ability}`)}>
                  {form[ability]}
                  <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                    <rect className="field-bar-back" width="100" height="6" rx="3" />
                    <rect width={(form[ability] / FORM_MAX) * 100} height="6" rx="3" />
                  </svg>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
