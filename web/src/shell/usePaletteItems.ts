import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { paths } from "../app/paths.ts";
import { useCroupier, useSession } from "../app/useSeat.ts";
import { LANGUAGES, chooseLanguage } from "../i18n/i18n.ts";
import { useTheme } from "../theme/useTheme.ts";
import { askToLeave } from "./askToLeave.ts";
import { LANGUAGE_NAMES } from "./languages.ts";
import { notify } from "./notify.ts";
import type { PaletteOffer } from "./paletteOffer.ts";
import type { PaletteGroup, PaletteItem } from "./paletteItems.ts";

interface Found {
  readonly lobbies: readonly { readonly id: string; readonly name: string }[];
  readonly runners: readonly string[];
}

/** All that the palette offers, in the page's language. `raceId` is a race that the player has typed. */
export function usePaletteItems(
  { nav, commands = [], isPlayers }: PaletteOffer,
  navigate: (to: string) => void,
  raceId: string | null,
): readonly PaletteGroup[] {
  const { t, i18n } = useTranslation("shell");
  const session = useSession();
  const { theme, choose } = useTheme();
  const { lobbies, runners } = useFound(isPlayers);
  const { language } = i18n;

  return useMemo(() => {
    const to = (href: string) => () => navigate(href);
    const pages = nav.map(({ id, label, icon, href }) => ({
      id,
      label,
      icon,
      isFirstChoice: true,
      run: to(href),
    }));
    const otherTheme = theme === "dark" ? "light" : "dark";
    const acts: PaletteItem[] = [
      ...commands.map((command) => ({ ...command, icon: "check" as const, isFirstChoice: true })),
      ...(isPlayers && session !== null
        ? [
            {
              id: "slip",
              label: t("palette.slip"),
              icon: "bets" as const,
              isFirstChoice: true,
              run: () => focusSlip(() => navigate(paths.lobby(session.lobbyId))),
            },
          ]
        : []),
      {
        id: "theme",
        label: t(otherTheme === "dark" ? "darkColours" : "lightColours"),
        icon: "gear",
        isFirstChoice: true,
        run: () => choose(otherTheme),
      },
      ...LANGUAGES.filter((other) => other !== language).map((other) => ({
        id: `language-${other}`,
        label: t("palette.speak", { language: LANGUAGE_NAMES[other] }),
        icon: "gear" as const,
        isFirstChoice: true,
        run: () => {
          chooseLanguage(other).catch(() =>
            notify({ kind: "note", text: { key: "shell:languageMissing" } }),
          );
        },
      })),
      ...(isPlayers && session !== null
        ? [
            {
              id: "leave",
              label: t("palette.leave"),
              icon: "account" as const,
              isFirstChoice: true,
              run: askToLeave,
            },
          ]
        : []),
    ];
    const groups: PaletteGroup[] = [
      {
        value: "race",
        label: t("palette.races"),
        items:
          raceId === null || !isPlayers
            ? []
            : [
                {
                  id: `race-${raceId}`,
                  label: t("palette.race", { id: raceId }),
                  alsoFoundBy: raceId,
                  icon: "history",
                  isFirstChoice: false,
                  run: to(paths.race(raceId)),
                },
              ],
      },
      { value: "pages", label: t("palette.pages"), items: pages },
      {
        value: "lobbies",
        label: t("palette.lobbies"),
        items: lobbies.map(({ id, name }) => ({
          id: `lobby-${id}`,
          label: name,
          alsoFoundBy: id,
          icon: "races",
          isFirstChoice: true,
          run: to(paths.lobby(id)),
        })),
      },
      { value: "acts", label: t("palette.acts"), items: acts },
      {
        value: "runners",
        label: t("palette.runners"),
        items: runners.map((name) => ({
          id: `runner-${name}`,
          label: name,
          icon: "runners",
          isFirstChoice: false,
          run: to(paths.runner(name)),
        })),
      },
      {
        value: "elsewhere",
        label: t("palette.elsewhere"),
        items: isPlayers
          ? [
              {
                id: "admin",
                label: t("nav.admin"),
                icon: "cluster",
                isFirstChoice: false,
                run: to(paths.admin),
              },
            ]
          : [
              {
                id: "player",
                label: t("nav.home"),
                icon: "races",
                isFirstChoice: true,
                run: to(paths.home),
              },
            ],
      },
    ];
    return groups;
    // `t` is another function in another language.
  }, [
    nav,
    commands,
    isPlayers,
    session,
    theme,
    choose,
    t,
    language,
    lobbies,
    runners,
    raceId,
    navigate,
  ]);
}

/** Lobbies and runners by name, read while the palette is open; without them it still leads to the pages. */
function useFound(isWanted: boolean): Found {
  const croupier = useCroupier();
  const [found, setFound] = useState<Found>({ lobbies: [], runners: [] });
  useEffect(() => {
    if (!isWanted) return undefined;
    let isShown = true;
    const show = (part: Partial<Found>) => {
      if (isShown) setFound((found) => ({ ...found, ...part }));
    };
    void croupier.get("/lobbies").then((answer) => {
      if (!answer.ok) return;
      show({ lobbies: answer.body.lobbies.map(({ lobby_id: id, name }) => ({ id, name })) });
    });
    void croupier.get("/analytics/runners").then((answer) => {
      if (answer.ok) show({ runners: answer.body.runners.map(({ name }) => name) });
    });
    return () => {
      isShown = false;
    };
  }, [croupier, isWanted]);
  return found;
}

const SLIP_FIELD = "#slip #stake, #slip input:not([type=radio])";
/** The room's code and first state may still be on their way. */
const SLIP_WAIT_MS = 5_000;

/** Puts the focus on the stake; from another page, when the room has come. */
function focusSlip(goThere: () => void): void {
  const focus = (): boolean => {
    const field = document.querySelector<HTMLInputElement>(SLIP_FIELD);
    field?.focus();
    return field !== null;
  };
  if (focus()) return;
  goThere();
  const watch = new MutationObserver(() => {
    if (focus()) stop();
  });
  const stop = () => {
    watch.disconnect();
    clearTimeout(timer);
  };
  const timer = setTimeout(stop, SLIP_WAIT_MS);
  watch.observe(document.body, { childList: true, subtree: true });
}
