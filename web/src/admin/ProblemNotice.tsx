import type { ReactNode } from "react";
import type { Problem } from "../http/request.ts";

/** Why something was not to be had, in the server's words. */
export function ProblemNotice({
  problem,
  title,
  children,
}: {
  readonly problem: Problem;
  readonly title?: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="notice is-bad" role="alert" data-code={problem.code}>
      <p>
        {title !== undefined && <strong>{title}</strong>}
        {problem.detail}
        {children}
      </p>
    </div>
  );
}
