import type { Answer } from "../../../sdk/src/index.ts";

/** The answer, if its body is what `is` asks for: who checks a house takes nothing from it on trust. */
export function checked<Body, Checked extends Body>(
  answer: Answer<Body>,
  is: (body: Body) => body is Checked,
): Answer<Checked> {
  if (!answer.ok) return answer;
  const { body, status } = answer;
  if (is(body)) return { ok: true, status, body };
  const title = "Unexpected answer";
  const detail = "The answer is not what can be computed again.";
  const type = "urn:croupier:problem:unexpected";
  return { ok: false, problem: { type, title, status, code: "unexpected", detail } };
}
