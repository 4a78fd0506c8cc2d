import { StateTree } from "../entity/StateTree.tsx";
import { unmarked } from "../entity/compare.ts";
import type { Json } from "../entity/json.ts";
import type { Intent } from "./Intent.ts";

/** What came of the last message. */
export function Answered({ last }: { readonly last: NonNullable<Intent["last"]> }) {
  const { tag, key, answer } = last;
  if (!answer.ok) {
    return (
      <div className="notice is-bad" role="alert" data-code={answer.problem.code}>
        <span>
          <strong>{tag} was not sent on.</strong>
          {answer.problem.detail}
        </span>
      </div>
    );
  }
  const sent = answer.body;
  return (
    <div
      className="command-answer"
      role="status"
      data-answer={sent.ok ? "ok" : sent.error.tag}
      data-key={key}
    >
      <p className={sent.ok ? "notice is-good" : "notice is-bad"}>
        <span>
          <strong>{sent.ok ? `${tag}: done.` : `${tag}: refused, ${sent.error.tag}.`}</strong>
          {sent.ok ? "" : sent.error.message}
          {sent.replayed && " It had been answered before: this is the answer of then."}
        </span>
      </p>
      <StateTree
        root={unmarked((sent.ok ? sent.value : sent.error.fields) as Json)}
        label="Answer"
      />
    </div>
  );
}
