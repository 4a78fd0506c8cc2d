/**
 * What the administrator's pages say. Their texts come with their code, not with the players' first load, so they are not
 * among the resources that i18next's types know; these types do the same for them, and one thing more: what a text leaves
 * open (`{{name}}`) has to be given with it.
 */
import type { en } from "./en.ts";

type Texts = typeof en;

/** Dotted paths of all texts; of a text with plural forms, the path without the form. */
type KeysOf<Part, Before extends string = ""> = {
  [Name in keyof Part & string]: Part[Name] extends string
    ? `${Before}${Name extends `${infer Base}_one` | `${infer Base}_other` ? Base : Name}`
    : KeysOf<Part[Name], `${Before}${Name}.`>;
}[keyof Part & string];

export type AdminKey = KeysOf<Texts>;

type TextAt<Part, Key> = Key extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Part
    ? TextAt<Part[Head], Rest>
    : never
  : Key extends keyof Part
    ? Part[Key]
    : // Which form it is depends on the count, so that has to be given even where no form shows it.
      `${Key & string}_other` extends keyof Part
      ? `${Part[`${Key & string}_other`] & string}{{count}}`
      : never;

type NamesIn<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

type Given<Names extends string> = {
  readonly [Name in Names]: Name extends "count" ? number : string | number;
};

/** What has to be given with the text of `Key`; nothing for one that leaves nothing open. */
export type ValuesOf<Key extends AdminKey> = [NamesIn<TextAt<Texts, Key>>] extends [never]
  ? []
  : [values: Given<NamesIn<TextAt<Texts, Key>>>];

export type Say = <Key extends AdminKey>(key: Key, ...values: ValuesOf<Key>) => string;

/** A text that is not yet in a language: what pure code has to say to people. */
export interface Saying {
  readonly key: AdminKey;
  readonly values: Readonly<Record<string, string | number>>;
}

export function saying<Key extends AdminKey>(key: Key, ...[values]: ValuesOf<Key>): Saying {
  return { key, values: values ?? {} };
}
