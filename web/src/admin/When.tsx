import { useAdmin } from "./useAdmin.ts";
import { useFigures } from "./useFigures.ts";

/** A moment, with its day unless it is today. */
export function When({ at }: { readonly at: string }) {
  const figures = useFigures();
  const { nowMs } = useAdmin().state;
  return <time dateTime={at}>{figures.clock(Date.parse(at), nowMs)}</time>;
}
