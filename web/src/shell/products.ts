/**
 * What can be played here. A product is one entry of `PRODUCTS`; the rail, the bar of a phone and the command palette
 * are made of this list, so another product needs nothing else of the shell.
 */
import { paths } from "../app/paths.ts";
import type { IconName } from "./Icon.tsx";
import type { TextKey } from "./notify.ts";

export interface Destination {
  readonly id: string;
  readonly label: TextKey;
  readonly href: string;
  readonly icon: IconName;
  /** Addresses below which one is there too, beside `href` and what is below that. */
  readonly alsoAt?: readonly string[];
  /** Only of use to who has a seat. */
  readonly needsSeat?: boolean;
}

export interface Product {
  readonly id: string;
  /** Its pages; the first is where it is entered. */
  readonly pages: readonly Destination[];
}

export const PRODUCTS: readonly Product[] = [
  {
    id: "races",
    pages: [
      { id: "home", label: "shell:nav.home", href: paths.home, icon: "races", alsoAt: ["/lobby"] },
      { id: "history", label: "shell:nav.history", href: paths.races, icon: "history" },
      { id: "runners", label: "shell:nav.runners", href: paths.runners, icon: "runners" },
    ],
  },
  {
    id: "raffles",
    pages: [
      { id: "raffles", label: "shell:nav.raffles", href: paths.raffles, icon: "raffles" },
      {
        id: "tickets",
        label: "shell:nav.tickets",
        href: paths.tickets,
        icon: "tickets",
        alsoAt: ["/checkout"],
        needsSeat: true,
      },
    ],
  },
  {
    id: "poker",
    pages: [
      { id: "hands", label: "shell:nav.hands", href: paths.hands, icon: "hands" },
      {
        id: "handPlayers",
        label: "shell:nav.handPlayers",
        href: paths.handPlayers,
        icon: "players",
      },
      { id: "equity", label: "shell:nav.equity", href: paths.equity, icon: "equity" },
    ],
  },
];

/** Of the player, whatever is played. */
const OWN_PAGES: readonly Destination[] = [
  { id: "bets", label: "shell:nav.bets", href: paths.bets, icon: "bets", needsSeat: true },
  { id: "wallet", label: "shell:nav.wallet", href: paths.wallet, icon: "wallet", needsSeat: true },
  {
    id: "latency",
    label: "shell:nav.latency",
    href: paths.latency,
    icon: "latency",
    needsSeat: true,
  },
];

/** What a destination belongs to: its product, or the player. */
export const groupOf = (id: string): string =>
  PRODUCTS.find(({ pages }) => pages.some((page) => page.id === id))?.id ?? "own";

/** On a phone the first four are at hand: where each product is entered, and then what is the player's own. */
export function destinations(hasSeat: boolean): readonly Destination[] {
  const entrances = PRODUCTS.flatMap(({ pages }) => pages.slice(0, 1));
  const isOpen = (page: Destination) => hasSeat || page.needsSeat !== true;
  const inside = PRODUCTS.flatMap(({ pages }) => pages.slice(1)).filter(isOpen);
  const own = OWN_PAGES.filter(isOpen);
  const [bets, wallet, ...rest] = own;
  return [entrances, [bets, wallet], inside, rest]
    .flat()
    .filter((page): page is Destination => page !== undefined);
}
