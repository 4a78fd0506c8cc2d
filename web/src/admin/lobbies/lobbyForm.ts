/**
 * The form of a new lobby, as typed, and what is sent. The id is asked for rather than made by the server: a request whose answer was
 * lost can be sent again, for a lobby is made once under one id.
 */
import type { LobbyDraft } from "./LobbyCalls.ts";
import { saying } from "../texts/AdminText.ts";
import type { Saying } from "../texts/AdminText.ts";

/** In the order of the form. Durations in seconds, money in major units; what is empty has the server's default. */
export const LOBBY_FIELDS = [
  "name",
  "id",
  "bettingSeconds",
  "racingSeconds",
  "resultsSeconds",
  "minBet",
  "maxBet",
] as const;
export type LobbyField = (typeof LOBBY_FIELDS)[number];
export type LobbyForm = Readonly<Record<LobbyField, string>>;

export const EMPTY_LOBBY: LobbyForm = {
  name: "",
  id: "",
  bettingSeconds: "",
  racingSeconds: "",
  resultsSeconds: "",
  minBet: "",
  maxBet: "",
};

export type LobbyReading =
  | { readonly ok: true; readonly lobby: LobbyDraft }
  | { readonly ok: false; readonly faults: ReadonlyMap<LobbyField, Saying> };

/** As the contract has them. */
const MAX_NAME_CHARACTERS = 80;
const MAX_ID_CHARACTERS = 64;
const ID_PATTERN = /^[\w.-]+$/;
const MS_PER_SECOND = 1_000;
const SECONDS = {
  bettingSeconds: { least: 1, most: 3_600 },
  racingSeconds: { least: 2, most: 60 },
  resultsSeconds: { least: 0.5, most: 3_600 },
} as const;

/** The contract's name of each field, under which the server finds fault with it. */
const WIRE_NAMES: Readonly<Record<LobbyField, keyof LobbyDraft>> = {
  name: "name",
  id: "lobby_id",
  bettingSeconds: "betting_ms",
  racingSeconds: "racing_ms",
  resultsSeconds: "results_ms",
  minBet: "min_bet",
  maxBet: "max_bet",
};

/** An id that a name suggests: `Café Noir, table 2` gives `cafe-noir-table-2`. */
export function idFor(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, MAX_ID_CHARACTERS);
}

/** `parseMoney` as the page's language has it, and what it takes as an example. */
export function readLobby(
  form: LobbyForm,
  {
    parseMoney,
    example,
  }: { readonly parseMoney: (text: string) => number | undefined; readonly example: string },
): LobbyReading {
  const faults = new Map<LobbyField, Saying>();
  const name = form.name.trim();
  if (name === "") faults.set("name", saying("fault.required"));
  else if (name.length > MAX_NAME_CHARACTERS) {
    faults.set("name", saying("fault.tooLong", { most: MAX_NAME_CHARACTERS }));
  }
  const id = form.id.trim();
  if (id === "") faults.set("id", saying("fault.required"));
  else if (!ID_PATTERN.test(id)) faults.set("id", saying("fault.unsafeId"));
  else if (id.length > MAX_ID_CHARACTERS) {
    faults.set("id", saying("fault.tooLong", { most: MAX_ID_CHARACTERS }));
  }
  const milliseconds = (field: keyof typeof SECONDS): number | undefined => {
    const typed = form[field].trim();
    if (typed === "") return undefined;
    const seconds = /^\d+([.,]\d+)?$/.test(typed) ? Number(typed.replace(",", ".")) : undefined;
    const { least, most } = SECONDS[field];
    if (seconds === undefined) faults.set(field, saying("fault.number"));
    else if (seconds < least) faults.set(field, saying("fault.atLeast", { least }));
    else if (seconds > most) faults.set(field, saying("fault.atMost", { most }));
    return seconds === undefined ? undefined : Math.round(seconds * MS_PER_SECOND);
  };
  const minor = (field: "minBet" | "maxBet"): number | undefined => {
    if (form[field].trim() === "") return undefined;
    const amount = parseMoney(form[field]);
    if (amount === undefined) faults.set(field, saying("fault.money", { example }));
    else if (amount === 0) faults.set(field, saying("fault.notZero"));
    return amount;
  };
  const given = {
    betting_ms: milliseconds("bettingSeconds"),
    racing_ms: milliseconds("racingSeconds"),
    results_ms: milliseconds("resultsSeconds"),
    min_bet: minor("minBet"),
    max_bet: minor("maxBet"),
  };
  const { min_bet: least, max_bet: most } = given;
  if (least !== undefined && most !== undefined && most < least) {
    faults.set("maxBet", saying("fault.belowMinBet"));
  }
  if (faults.size > 0) return { ok: false, faults };
  const settings = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  return { ok: true, lobby: { lobby_id: id, name, ...settings } };
}

/** The field that the server means. */
export function fieldOfWire(wireName: string): LobbyField | undefined {
  return LOBBY_FIELDS.find((field) => WIRE_NAMES[field] === wireName);
}
