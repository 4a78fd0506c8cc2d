/**
 * The table that is worked at, and the address that says so. Whoever paints a range changes it many times a second, and
 * browsers do not let a page change its address so often: the address follows when it has settled.
 */
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { paths } from "../app/paths.ts";
import { useHashQuery } from "../app/useLocationHash.ts";
import { queryOf, tableIn } from "./table.ts";
import type { EquityTable } from "./table.ts";

const ADDRESS_AFTER_MS = 300;

export function useSpot(): readonly [EquityTable, (next: EquityTable) => void] {
  const query = useHashQuery();
  const [, navigate] = useLocation();
  const [spot, setSpot] = useState(() => ({ table: tableIn(query), query, isWritten: true }));
  if (spot.query !== query) {
    // It is what was written just now; else someone followed a link, or went back.
    const isOwn = queryOf(spot.table) === `?${query.toString()}`;
    setSpot({ table: isOwn ? spot.table : tableIn(query), query, isWritten: true });
  }
  const { isWritten, table } = spot;

  useEffect(() => {
    if (isWritten) return undefined;
    const timer = setTimeout(() => {
      navigate(paths.equity + queryOf(table), { replace: true });
    }, ADDRESS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isWritten, table, navigate]);

  return [table, (next) => setSpot((before) => ({ ...before, table: next, isWritten: false }))];
}

/** To be given to someone else. */
export const linkTo = (table: EquityTable): string =>
  `${location.origin}${location.pathname}#${paths.equity}${queryOf(table)}`;
