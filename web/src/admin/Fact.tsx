import type { ReactNode } from "react";

/** A name and what it stands at, in a `dl` of class `facts`. */
export function Fact({
  name,
  id,
  isWide = false,
  children,
}: {
  readonly name: string;
  readonly id?: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div data-fact={id} data-wide={isWide || undefined}>
      <dt>{name}</dt>
      <dd className="figure">{children}</dd>
    </div>
  );
}
