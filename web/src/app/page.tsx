/**
 * Pages whose code is loaded when it is asked for. One that is loaded ahead (`preload`) is there at once when it is come to,
 * without anything in between.
 */
import { createElement, lazy, useState } from "react";
import type { ComponentType } from "react";
import { Unreachable } from "../shell/Unreachable.tsx";

/** A page to be shown inside of `Suspense`. */
export type Page<Props> = ComponentType<Props> & {
  /** Begins to load the code. What does not come now is asked for again when the page is shown. */
  readonly preload: () => void;
};

export function page<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
): Page<Props> {
  let loaded: ComponentType<Props> | null = null;
  const loading = () =>
    load().then((module) => {
      loaded = module.default;
      return module;
    });
  // A server that has just been replaced has the code under another name.
  const Waiting = lazy(() =>
    loading().catch(() => ({ default: Unreachable as ComponentType<Props> })),
  );
  const Shown = (props: Props) => {
    // For as long as it is shown, it is the same component.
    const [component] = useState<{ readonly type: ComponentType<Props> }>(() => ({
      type: loaded ?? Waiting,
    }));
    return createElement(component.type, props);
  };
  return Object.assign(Shown, {
    preload: () => {
      // oxlint-disable-next-line promise/prefer-await-to-then -- nobody waits for it
      if (loaded === null) loading().catch(() => undefined);
    },
  });
}
