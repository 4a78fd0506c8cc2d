/** Compiles the kernel unless it is newer than its sources; in any case with `force`. */
export const buildKernel: (options: { readonly force: boolean }) => void;
