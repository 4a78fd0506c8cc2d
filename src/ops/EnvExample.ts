import { SECTIONS } from "./Config.ts";

/** The text of `.env.example`: every setting with its purpose, its range with the unit, and its default. */
export const envExample = (): string => {
  const sections = SECTIONS.map(([title, settings]) => {
    const entries = settings.map(({ name, about, range, fallback = "" }) => {
      const sentence = `${about[0]?.toUpperCase()}${about.slice(1)}`;
      return `# ${sentence}.\n# Must be ${range}.\n#${name}=${fallback}\n`;
    });
    return `# ── ${title} ──\n\n${entries.join("\n")}`;
  });
  return [
    "# Every setting, with its default. Copy this file to .env and take the # off what you change.",
    "# The environment has the last word over .env. Written by scripts/env-example.ts; do not edit.\n",
    ...sections,
  ].join("\n");
};
