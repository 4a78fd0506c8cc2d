/** The engine's code and its WebAssembly, put together. Loaded as a part of its own, by `useKernel`. */
import { makeAllInEquity } from "../../../src/compute/equity/allInEquity.ts";
import { loadKernel as startKernel } from "../../../src/compute/kernel/Kernel.ts";
import { kernelWasm } from "./kernelWasm.ts";

export interface Kernel {
  /** Parts of the pot of known hands when all other cards are dealt; undefined where there is no way to tell. */
  readonly allInEquity: ReturnType<typeof makeAllInEquity>;
}

/** Rejects where it cannot be reached, and where WebAssembly has no SIMD. */
export async function loadKernel(): Promise<Kernel> {
  const kernel = await startKernel(await kernelWasm());
  return { allInEquity: makeAllInEquity(kernel) };
}
