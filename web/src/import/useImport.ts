import { useCallback, useEffect, useRef, useState } from "react";
import type { Refusal } from "../../../sdk/src/index.ts";
import { createPoker } from "../../../sdk/src/poker.ts";
import { useCroupier } from "../app/useSeat.ts";
import { countHands } from "./countHands.ts";
import { again, cancelled, withFiles, withItem } from "./importQueue.ts";
import type { Item, ItemState } from "./importQueue.ts";
import type { PickedFile } from "./pickFiles.ts";

/** The seat has ended: nothing else would be taken, either. */
const SEATLESS: readonly string[] = ["unauthorized", "no_session"];
const UNREADABLE: Refusal = { code: "unreadable", detail: "", fields: {} };

export interface Import {
  readonly items: readonly Item[];
  readonly add: (picked: readonly PickedFile[]) => void;
  readonly cancel: () => void;
  /** Sends again what did not come through. */
  readonly retry: () => void;
}

/** Sends files, one after the other, for as long as the page is shown. */
export function useImport(): Import {
  const croupier = useCroupier();
  const [items, setItems] = useState<readonly Item[]>([]);
  const files = useRef(new Map<string, File>());
  const stop = useRef(new AbortController());
  const isBusy = useRef(false);
  const latest = useRef(items);
  const change = useCallback((next: (items: readonly Item[]) => readonly Item[]) => {
    latest.current = next(latest.current);
    setItems(latest.current);
  }, []);

  const run = useCallback(async () => {
    if (isBusy.current) return;
    isBusy.current = true;
    const { signal } = stop.current;
    const show = (id: number, state: ItemState) =>
      change((items) => (signal.aborted ? items : withItem(items, id, { state })));
    for (;;) {
      const item = latest.current.find(({ state }) => state.kind === "waiting");
      const file = item === undefined ? undefined : files.current.get(keyOf(item));
      if (item === undefined || file === undefined || signal.aborted) break;
      show(item.id, { kind: "sending", sentBytes: 0, isWaiting: false });
      const outcome = await createPoker(croupier)
        .importHands(file, {
          signal,
          onProgress: ({ doneBytes, waiting }) =>
            show(item.id, { kind: "sending", sentBytes: doneBytes, isWaiting: waiting !== null }),
        })
        .catch(() => ({ ok: false, refusal: UNREADABLE }) as const);
      if (outcome.ok) {
        show(item.id, { kind: "done", result: outcome.imported });
        continue;
      }
      const { refusal } = outcome;
      show(item.id, { kind: "failed", refusal });
      if (SEATLESS.includes(refusal.code))
        change((items) =>
          items.map((one) =>
            one.state.kind === "waiting" ? { ...one, state: { kind: "failed", refusal } } : one,
          ),
        );
    }
    // One that was cancelled has given way already, perhaps to the next.
    if (!signal.aborted) isBusy.current = false;
  }, [change, croupier]);

  const add = useCallback(
    (picked: readonly PickedFile[]) => {
      const before = new Set(latest.current.map(({ id }) => id));
      for (const { file, path } of picked)
        files.current.set(keyOf({ path, bytes: file.size }), file);
      change((items) =>
        withFiles(
          items,
          picked.map(({ file, path }) => ({ path, bytes: file.size })),
        ),
      );
      void run();
      const count = async () => {
        for (const item of latest.current) {
          const file = files.current.get(keyOf(item));
          if (before.has(item.id) || file === undefined || item.state.kind === "failed") continue;
          const hands = await countHands(file).catch(() => null);
          change((items) => withItem(items, item.id, { hands }));
        }
      };
      void count();
    },
    [change, run],
  );
  const cancel = useCallback(() => {
    stop.current.abort();
    stop.current = new AbortController();
    isBusy.current = false;
    change(cancelled);
  }, [change]);
  const retry = useCallback(() => {
    change(again);
    void run();
  }, [change, run]);

  useEffect(() => () => stop.current.abort(), []);
  return { items, add, cancel, retry };
}

const keyOf = ({ bytes, path }: Pick<Item, "bytes" | "path">): string => `${bytes} ${path}`;
