/** Before any test: compiles the equity kernel if its sources have changed. */
import { buildKernel } from "../../scripts/kernel.mjs";

export const setup = (): void => buildKernel({ force: false });
