/**
 * A setting is one variable of the environment. Its declaration carries everything that is ever said about it: the
 * value's type, `.env.example`'s lines and the sentence that a wrong value stops the start with.
 */
import { Either, Option, Schema } from "effect";

export interface Setting<A, Fallback extends string | undefined = string | undefined> {
  /** The variable's name. */
  readonly name: string;
  /** What it decides, in a sentence without its final stop. */
  readonly about: string;
  /** The values it may have, worded to follow "must be": unit and range. */
  readonly range: string;
  /** As written in the environment; undefined: the value is undefined when nothing is set. */
  readonly fallback: Fallback;
  /** A secret's value is never repeated, not even when it is wrong. */
  readonly secret: boolean;
  readonly decode: (written: string) => Option.Option<A>;
}

/** The value that the program gets. */
export type SettingValue<S> =
  S extends Setting<infer A, infer Fallback> ? A | Extract<Fallback, undefined> : never;

/** What a declaration of some kind of setting says: name, purpose and the kind's range. */
type Declared<Range> = { readonly name: string; readonly about: string } & Range;

interface NumberRange {
  /** In the plural, such as "seconds". */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly fallback: number;
}

/** Only digits, sign and point: `Number` would take " ", "0x10" and "1e3" too. */
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

const numberWithin = ({ min, max }: { readonly min: number; readonly max: number }) =>
  Schema.String.pipe(
    Schema.pattern(PLAIN_NUMBER),
    Schema.compose(Schema.NumberFromString),
    Schema.between(min, max),
  );

export const wholeNumber = (declared: Declared<NumberRange>): Setting<number, string> => ({
  name: declared.name,
  about: declared.about,
  range: `a whole number of ${declared.unit} from ${declared.min} to ${declared.max}`,
  fallback: String(declared.fallback),
  secret: false,
  decode: Schema.decodeOption(numberWithin(declared).pipe(Schema.int())),
});

/** A number that may have decimals, such as a share of 0.05. */
export const fraction = (declared: Declared<NumberRange>): Setting<number, string> => ({
  name: declared.name,
  about: declared.about,
  range: `a ${declared.unit} from ${declared.min} to ${declared.max}`,
  fallback: String(declared.fallback),
  secret: false,
  decode: Schema.decodeOption(numberWithin(declared)),
});

const MAX_PORT = 65_535;

export const tcpPort = (
  declared: Declared<{ readonly fallback: number }>,
): Setting<number, string> => ({
  name: declared.name,
  about: declared.about,
  range: `a TCP port from 1 to ${MAX_PORT}, or 0 for any that is free`,
  fallback: String(declared.fallback),
  secret: false,
  decode: Schema.decodeOption(numberWithin({ min: 0, max: MAX_PORT }).pipe(Schema.int())),
});

export const oneOf = <const Value extends string>(
  declared: Declared<{ readonly values: ReadonlyArray<Value>; readonly fallback: Value }>,
): Setting<Value, string> => ({
  name: declared.name,
  about: declared.about,
  range: `one of ${declared.values.join(", ")}`,
  fallback: declared.fallback,
  secret: false,
  decode: (written) => Option.fromNullable(declared.values.find((value) => value === written)),
});

const FLAGS = new Map([
  ["1", true],
  ["0", false],
]);

export const flag = (
  declared: Declared<{ readonly fallback: boolean }>,
): Setting<boolean, string> => ({
  name: declared.name,
  about: declared.about,
  range: "1 (yes) or 0 (no)",
  fallback: declared.fallback ? "1" : "0",
  secret: false,
  decode: (written) => Option.fromNullable(FLAGS.get(written)),
});

interface TextRange {
  readonly minLength: number;
  readonly maxLength: number;
  readonly fallback: string;
}

export const text = (declared: Declared<TextRange>): Setting<string, string> => ({
  name: declared.name,
  about: declared.about,
  range: `a text of ${declared.minLength} to ${declared.maxLength} characters`,
  fallback: declared.fallback,
  secret: false,
  decode: Schema.decodeOption(
    Schema.String.pipe(Schema.minLength(declared.minLength), Schema.maxLength(declared.maxLength)),
  ),
});

/** A text of a form that `range` says in words. */
export const pattern = (
  declared: Declared<{
    readonly range: string;
    readonly pattern: RegExp;
    readonly fallback: string;
  }>,
): Setting<string, string> => ({
  name: declared.name,
  about: declared.about,
  range: declared.range,
  fallback: declared.fallback,
  secret: false,
  decode: Option.liftPredicate((written) => declared.pattern.test(written)),
});

/** A text that only the operator may know. */
export const secret = (declared: Declared<TextRange>): Setting<string, string> => ({
  ...text(declared),
  secret: true,
});

/** A URL with one of `protocols` (each with its colon); it may hold a password. */
export const optionalUrl = (
  declared: Declared<{ readonly protocols: ReadonlyArray<string> }>,
): Setting<string, undefined> => ({
  name: declared.name,
  about: declared.about,
  range: `a URL that begins with ${declared.protocols.map((each) => `${each}//`).join(" or ")}`,
  fallback: undefined,
  secret: true,
  decode: Option.liftPredicate(
    (url) => URL.canParse(url) && declared.protocols.includes(new URL(url).protocol),
  ),
});

/** Several values between commas, none by default; blanks around them do not count. */
export const list = (
  declared: Declared<{
    /** What they are, in the plural, with an example where the form matters. */
    readonly of: string;
    readonly isItem: (item: string) => boolean;
  }>,
): Setting<ReadonlyArray<string>, string> => ({
  name: declared.name,
  about: declared.about,
  range: `${declared.of}, separated by commas`,
  fallback: "",
  secret: false,
  decode: (written) => {
    const items = written.split(",").map((item) => item.trim());
    const given = items.filter((item) => item !== "");
    return given.every(declared.isItem) ? Option.some(given) : Option.none();
  },
});

/** What `written` means for `setting`, or the sentence that says why it means nothing. */
export const readSetting = <A>(setting: Setting<A>, written: string): Either.Either<A, string> =>
  Either.fromOption(setting.decode(written), () => {
    const given = setting.secret
      ? `something else, ${written.length} characters long`
      : JSON.stringify(written);
    return `${setting.name} must be ${setting.range}; it was ${given}.`;
  });
