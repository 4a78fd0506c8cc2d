import "./Palette.css";
import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { Icon } from "./Icon.tsx";
import type { PaletteOffer } from "./paletteOffer.ts";
import { matching, raceIdIn } from "./paletteItems.ts";
import type { PaletteGroup, PaletteItem } from "./paletteItems.ts";
import { usePaletteItems } from "./usePaletteItems.ts";

/** Everything one can go to or do here, found by typing. */
export default function Palette({
  isOpen,
  onOpen,
  ...offer
}: PaletteOffer & {
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}) {
  const { t } = useTranslation("shell");
  const [query, setQuery] = useState("");
  const chosen = useRef<PaletteItem | null>(null);
  const open = (next: boolean) => {
    chosen.current = null;
    setQuery("");
    onOpen(next);
  };
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={open}
      onOpenChangeComplete={(isStillOpen) => {
        // Only now does the dialog no longer hold the focus, which what was chosen may want to move.
        if (isStillOpen || chosen.current === null) return;
        chosen.current.run();
        chosen.current = null;
        requestAnimationFrame(keepFocus);
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="palette" aria-label={t("palette.open")}>
          <Search
            {...offer}
            query={query}
            onQuery={setQuery}
            onChosen={(item) => {
              open(false);
              chosen.current = item;
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Whoever works with the keyboard is somewhere, also when what had the focus is gone. */
function keepFocus(): void {
  if (document.activeElement !== document.body) return;
  document.getElementById("main")?.focus({ preventScroll: true });
}

function Search({
  query,
  onQuery,
  onChosen,
  ...offer
}: PaletteOffer & {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onChosen: (item: PaletteItem) => void;
}) {
  const { t } = useTranslation("shell");
  const [, navigate] = useLocation();
  const groups = usePaletteItems(offer, navigate, raceIdIn(query));
  const found = matching(groups, query);
  return (
    <Autocomplete.Root
      open
      inline
      items={found}
      // Found already: by words anywhere, and a race by an id that is in no list.
      filter={null}
      value={query}
      onValueChange={onQuery}
      itemToStringValue={({ label }: PaletteItem) => label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="palette-field">
        <Icon name="search" size={20} />
        <Autocomplete.Input
          className="palette-input"
          aria-label={t("palette.field")}
          placeholder={t("palette.placeholder")}
        />
        <Dialog.Close className="palette-close button is-quiet is-small">
          {t("palette.close")}
        </Dialog.Close>
      </div>
      <div className="palette-found">
        <Autocomplete.Empty className="palette-none">{t("palette.none")}</Autocomplete.Empty>
        <Autocomplete.List className="palette-list">
          {(group: PaletteGroup) => (
            <Autocomplete.Group key={group.value} items={group.items}>
              <Autocomplete.GroupLabel className="palette-label">
                {group.label}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(item: PaletteItem) => (
                  <Autocomplete.Item
                    key={item.id}
                    value={item}
                    className="palette-item"
                    onClick={() => onChosen(item)}
                  >
                    <Icon name={item.icon} size={18} />
                    <span>{item.label}</span>
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
    </Autocomplete.Root>
  );
}
