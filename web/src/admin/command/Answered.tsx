import type { SentBody } from "../../../../rpc/http/admin.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { StateTree } from "../entity/StateTree.tsx";
import { unmarked } from "../entity/compare.ts";
import type { Json } from "../entity/json.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import type { Intent } from "./Intent.ts";

/** What came of the last message. */
export function Answered({ last }: { readonly last: NonNullable<Intent<SentBody>["last"]> }) {
  const { t } = useAdminText();
  const { tag, key, answer } = last;
  if (!answer.ok) {
    return <ProblemNotice problem={answer.problem} title={t("command.notSent", { tag })} />;
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
          <strong>
            {sent.ok
              ? t("command.done", { tag })
              : t("command.refused", { tag, error: sent.error.tag })}
          </strong>
          {sent.ok ? "" : sent.error.message}
          {sent.replayed && ` ${t("command.replayed")}`}
        </span>
      </p>
      <StateTree
        root={unmarked((sent.ok ? sent.value : sent.error.fields) as Json)}
        label={t("command.answer")}
      />
    </div>
  );
}
