/** The kernel of this test process. */
import { loadKernel } from "../../../src/compute/kernel/Kernel.ts";
import { readKernelWasm } from "../../../src/compute/kernel/wasmFile.ts";

export const kernel = await loadKernel(await readKernelWasm());
