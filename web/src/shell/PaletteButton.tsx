import "./PaletteButton.css";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";
import { OnDemand } from "./OnDemand.tsx";
import { onOpenPalette } from "./openPalette.ts";
import type { PaletteOffer } from "./paletteOffer.ts";
import { useListener } from "./useListener.ts";

const load = () => import("./Palette.tsx");
const isApple = /Mac|iP(hone|ad|od)/.test(navigator.userAgent);

/** Opens the command palette, as do Ctrl+K and ⌘K. */
export function PaletteButton(offer: PaletteOffer) {
  const { t } = useTranslation("shell");
  const [isOpen, setIsOpen] = useState(false);
  useListener(onOpenPalette, () => setIsOpen(true));
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      if (event.altKey || event.shiftKey) return;
      event.preventDefault();
      setIsOpen((open) => !open);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  return (
    <>
      <button
        type="button"
        className="palette-button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setIsOpen(true)}
      >
        <Icon name="search" size={18} />
        <span>{t("palette.open")}</span>
        <kbd aria-hidden="true">{isApple ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      <OnDemand load={load} isWanted={isOpen} with={{ ...offer, isOpen, onOpen: setIsOpen }} />
    </>
  );
}
