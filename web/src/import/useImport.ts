import { useCallback, useEffect, useRef, useState } from "react";
import { useCroupier } from "../app/useSeat.ts";
import { countHands } from "./countHands.ts";
import { again, cancelled, withFiles, withItem } from "./importQueue.ts";
import type { Item, ItemState } from "./importQueue.ts";
import type { PickedFile } from "./pickFiles.ts";
import { sendFile } from "./sendFile.ts";

/** A server that is busy is asked so often; then the file has failed, and can be sent again by hand. */
const MAX_RETRIES = 5;
const BUSY: readonly number[] = [429, 503];
const RETRY_MS = 2_000;
const UNAUTHORIZED = 401;

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
      for (let retries = 0; ; retries += 1) {
        show(item.id, { kind: "sending", sentBytes: 0, retries });
        const sent = await sendFile(file, {
          token: croupier.session.get()?.token ?? "",
          signal,
          onSent: (sentBytes) => show(item.id, { kind: "sending", sentBytes, retries }),
        });
        if (sent.kind === "cancelled") break;
        if (sent.kind === "done") {
          show(item.id, sent);
          break;
        }
        const { problem } = sent;
        if (BUSY.includes(problem.status) && retries < MAX_RETRIES) {
          await rest(sent.retryAfterMs ?? RETRY_MS, signal);
          if (!signal.aborted) continue;
          break;
        }
        show(item.id, { kind: "failed", problem });
        // Nothing else would be taken, either.
        if (problem.status === UNAUTHORIZED)
          change((items) =>
            items.map((one) =>
              one.state.kind === "waiting" ? { ...one, state: { kind: "failed", problem } } : one,
            ),
          );
        break;
      }
    }
    isBusy.current = false;
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

const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
