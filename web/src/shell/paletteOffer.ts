import type { NavEntry } from "./navEntry.ts";

/** Something that the palette can do, beside going to a page. */
export interface PaletteCommand {
  readonly id: string;
  /** In the page's language. */
  readonly label: string;
  readonly run: () => void;
}

export interface PaletteOffer {
  readonly nav: readonly NavEntry[];
  readonly commands?: readonly PaletteCommand[];
  /** Whether to offer the player's lobbies, runners, races and the bet slip. */
  readonly isPlayers: boolean;
}
