/** How the administrator's calls are made, and how their answers are looked over. */
import { isRecord, request } from "../http/request.ts";
import type { Answer, RequestOptions } from "../http/request.ts";

/** A call in an administrator's name. */
export type Call = <Body>(
  path: string,
  options: Omit<RequestOptions<Body>, "token">,
) => Promise<Answer<Body>>;

const UNAUTHORIZED = 401;

/** `onExpired` is called when the server no longer takes the token. */
export function callAs(token: string, onExpired: () => void): Call {
  return async (path, options) => {
    const answer = await request(path, { ...options, token });
    if (!answer.ok && answer.problem.status === UNAUTHORIZED) onExpired();
    return answer;
  };
}

type Check = (value: unknown, names: readonly string[]) => boolean;

const every =
  (is: (field: unknown) => boolean): Check =>
  (value, names) =>
    isRecord(value) && names.every((name) => is(value[name]));

export const hasNumbers = every((field) => typeof field === "number");
export const hasLists = every(Array.isArray);
export const hasRecords = every(isRecord);

/** A record whose field of that name is a list, each item of which passes. */
export function hasListOf(
  value: unknown,
  name: string,
  isItem: (item: unknown) => boolean,
): boolean {
  if (!isRecord(value)) return false;
  const list = value[name];
  return Array.isArray(list) && list.every(isItem);
}
