/**
 * The shape of a language's texts, taken from English: the same keys, any words. A language may have more plural forms
 * than English; Spanish says `_many` for millions.
 */
export type TextsLike<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? string : TextsLike<Texts[Key]>;
} & {
  readonly [
    Key in keyof Texts as Key extends `${infer Word}_other` ? `${Word}_many` : never
  ]?: string;
};
