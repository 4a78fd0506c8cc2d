/** Every failure that the contract names, and those of what is served beside it, by tag: how each looks on the wire. */
import { HttpApi, type HttpApiGroup } from "@effect/platform";
import { Option, SchemaAST } from "effect";
import {
  type Failure,
  type ProblemBody,
  problemBody,
  problemShape,
  type ProblemShape,
  shapeOf,
} from "../../rpc/http/problem.ts";
import { InternalError } from "../../rpc/http/failure.ts";

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly body: ProblemBody;
}

export interface Problems {
  readonly byTag: ReadonlyMap<string, ProblemShape>;
  /** The answer to a failure; what the contract does not name becomes `internal_error`. */
  readonly of: (failure: Failure) => Problem;
}

const members = (ast: SchemaAST.AST): ReadonlyArray<SchemaAST.AST> =>
  SchemaAST.isUnion(ast) ? ast.types.flatMap(members) : [ast];

export const problemsOf = <Id extends string, Groups extends HttpApiGroup.HttpApiGroup.Any, E, R>(
  api: HttpApi.HttpApi<Id, Groups, E, R>,
  beside: ReadonlyArray<Parameters<typeof shapeOf>[0]> = [],
): Problems => {
  const byTag = new Map(beside.map((failure) => [failure._tag, shapeOf(failure)]));
  HttpApi.reflect(api, {
    onGroup: () => {},
    onEndpoint: ({ errors }) => {
      for (const { ast } of errors.values()) {
        if (Option.isNone(ast)) continue;
        for (const member of members(ast.value)) {
          const shape = problemShape(member);
          if (Option.isSome(shape)) byTag.set(shape.value.tag, shape.value);
        }
      }
    },
  });
  const internal = shapeOf(InternalError);
  return {
    byTag,
    of: (failure) => {
      const shape = byTag.get(failure._tag);
      if (shape !== undefined)
        return { status: shape.status, code: shape.code, body: problemBody(shape, failure) };
      return {
        status: internal.status,
        code: internal.code,
        body: problemBody(internal, new InternalError()),
      };
    },
  };
};
