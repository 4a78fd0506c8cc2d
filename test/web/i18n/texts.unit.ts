/** The console's texts: every language says the same, with the same variables, and nothing that nobody asks for. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { en as adminEn } from "../../../web/src/admin/texts/en.ts";
import { es as adminEs } from "../../../web/src/admin/texts/es.ts";
import { en } from "../../../web/src/i18n/en.ts";
import { es } from "../../../web/src/i18n/es.ts";

const SOURCES = fileURLToPath(new URL("../../../web/src", import.meta.url));
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Texts = { readonly [key: string]: string | Texts };

/** `nav.home` → text. */
function flat(texts: Texts, before = ""): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, text]): [string, string][] =>
      typeof text === "string" ? [[before + key, text]] : [...flat(text, `${before}${key}.`)],
    ),
  );
}

const variables = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{(\w+)[^}]*\}\}/g)].map(([, name]) => name ?? "").toSorted();

const areas: readonly (readonly [area: string, english: Texts, spanish: Texts])[] = [
  ...Object.entries(en).map(
    ([area, texts]) => [area, texts, es[area as keyof typeof es] as Texts] as const,
  ),
  ["admin", adminEn, adminEs],
];

describe.each(areas)("the texts of %s", (area, englishTexts, spanishTexts) => {
  const english = flat(englishTexts);
  const spanish = flat(spanishTexts);

  test("have the same keys in both languages; Spanish may have a form for millions beside", () => {
    const keys = [...spanish.keys()].filter((key) => !key.endsWith("_many"));
    expect(keys.toSorted()).toEqual([...english.keys()].toSorted());
  });

  test("name the same variables", () => {
    for (const [key, text] of spanish) {
      const same = english.get(key) ?? english.get(key.replace(PLURAL, "_other")) ?? "";
      // A form for one may say so in words.
      const least = key.endsWith("_one") ? variables(text) : variables(same);
      expect(variables(text), key).toEqual(least);
      for (const name of variables(text)) expect(variables(same), key).toContain(name);
    }
  });

  test("are not empty", () => {
    for (const [key, text] of [...english, ...spanish]) expect(text.trim(), key).not.toBe("");
  });

  test("are not left in English", () => {
    // A name or a sign may be the same in both; three words of English are none.
    const left = [...spanish].filter(
      ([key, text]) =>
        text === english.get(key) &&
        /[a-z]{2,} [a-z]{2,} [a-z]{2,}/i.test(text.replaceAll(/\{\{[^}]*\}\}/g, "")),
    );
    expect(left).toEqual([]);
  });

  test("are all asked for somewhere", () => {
    const unused = [...new Set([...english.keys()].map((key) => key.replace(PLURAL, "")))].filter(
      (key) => !isUsed(area, key),
    );
    expect(unused).toEqual([]);
  });
});

interface Source {
  /** Within the administrator's pages, which ask for texts of their own only and need not name their area. */
  readonly isAdmins: boolean;
  readonly literals: ReadonlySet<string>;
  /** Template texts that begin with a name, as patterns, their variable parts matching anything. */
  readonly patterns: readonly RegExp[];
}

const sources: readonly Source[] = readdirSync(SOURCES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => !/\/(i18n|texts)\/(en|es)(\/|\.ts)/.test(file))
  .map((file) => {
    const text = readFileSync(file, "utf8");
    return {
      isAdmins: file.includes("/admin/"),
      literals: new Set([...text.matchAll(/"([^"\n]*)"/g)].map(([, literal]) => literal ?? "")),
      patterns: [...text.matchAll(/(?=`([\w.:]+\$\{[^`}]*\}[\w.:${}]*)`)/g)].map(([, template]) => {
        const parts = (template ?? "").split(/\$\{[^}]*\}/);
        return new RegExp(
          `^${parts.map((part) => part.replaceAll(/[^\w:]/g, "\\$&")).join("\\w+")}$`,
        );
      }),
    };
  });

/** Asked for as `area:key` anywhere, or as `key` in a file that names the area. */
function isUsed(area: string, key: string): boolean {
  const whole = `${area}:${key}`;
  return sources.some(({ isAdmins, literals, patterns }) => {
    const asks = (text: string) =>
      literals.has(text) || patterns.some((pattern) => pattern.test(text));
    const isNamed = area === "admin" ? isAdmins : literals.has(area);
    return asks(whole) || (isNamed && asks(key));
  });
}
