/**
 * The equity kernel in this browser: the same engine that the server runs. Its code is loaded when the first page asks for
 * it, once for all of them; what it is asked on a hand's page takes milliseconds.
 */
import { useEffect, useState } from "react";
import type { Kernel } from "./loadKernel.ts";

export type KernelState =
  | { readonly kind: "none" | "loading" | "failed" }
  | ({ readonly kind: "ready" } & Kernel);

let loaded: Promise<Kernel> | undefined;

/** Resolves with the kernel; after a failure it is tried anew. */
function load(): Promise<Kernel> {
  loaded ??= import("./loadKernel.ts")
    .then(({ loadKernel }) => loadKernel())
    .catch((cause: unknown) => {
      loaded = undefined;
      throw cause;
    });
  return loaded;
}

/** Nothing is loaded until it is wanted. */
export function useKernel(isWanted: boolean): KernelState {
  const [state, setState] = useState<KernelState>({ kind: "loading" });
  useEffect(() => {
    if (!isWanted) return undefined;
    let isHere = true;
    const show = (state: KernelState) => {
      if (isHere) setState(state);
    };
    load().then(
      (kernel) => show({ kind: "ready", ...kernel }),
      () => show({ kind: "failed" }),
    );
    return () => {
      isHere = false;
    };
  }, [isWanted]);
  return isWanted ? state : NONE;
}

const NONE: KernelState = { kind: "none" };
