/**
 * The form of a raffle, as typed, and what is sent. The id is asked for rather than made by the server: a request whose
 * answer was lost can be sent again, for a raffle is made once under one id.
 */
import type { RaffleBody } from "../../../../rpc/raffleBody.ts";
import { idFor } from "../lobbies/lobbyForm.ts";
import { saying } from "../texts/AdminText.ts";
import type { Saying } from "../texts/AdminText.ts";
import type { RaffleTermsDraft } from "./RaffleCalls.ts";

export interface PrizeForm {
  /** Tells rows apart while they move. */
  readonly key: number;
  readonly name: string;
  readonly description: string;
}

export interface RaffleForm {
  readonly title: string;
  readonly id: string;
  readonly description: string;
  /** In major units. */
  readonly price: string;
  readonly numbers: string;
  /** As `<input type=datetime-local>` has it, in this device's time zone. */
  readonly drawAt: string;
  readonly organiser: string;
  readonly minSold: string;
  readonly prizes: readonly PrizeForm[];
}

type TextField = Exclude<keyof RaffleForm, "prizes">;
/** `prize.0` is the name of the first; `prizes` all of them. */
export type RaffleField = TextField | "prizes" | `prize.${number}`;

export const EMPTY_RAFFLE: RaffleForm = {
  title: "",
  id: "",
  description: "",
  price: "",
  numbers: "1000",
  drawAt: "",
  organiser: "",
  minSold: "",
  prizes: [{ key: 0, name: "", description: "" }],
};

export interface RaffleReadingFormat {
  readonly parseMoney: (text: string) => number | undefined;
  /** An amount as it is typed. */
  readonly example: string;
  readonly nowMs: number;
}

export type RaffleReading =
  | { readonly ok: true; readonly raffleId: string; readonly terms: RaffleTermsDraft }
  | { readonly ok: false; readonly faults: ReadonlyMap<RaffleField, Saying> };

/** As the contract has them. */
const TITLE = { least: 5, most: 255 };
const MAX_DESCRIPTION_CHARACTERS = 4_000;
const MAX_ID_CHARACTERS = 64;
const MAX_PRIZE_CHARACTERS = 120;
const MAX_PRIZE_DESCRIPTION_CHARACTERS = 500;
const MAX_PRICE_MINOR = 100_000_000;
export const MAX_NUMBERS = 100_000;
export const MAX_PRIZES = 100;
const MAX_PERCENT = 100;
const ID_PATTERN = /^[\w.-]+$/;

/** The contract's name of each field, under which the server finds fault with it. */
const FIELD_OF_WIRE: Readonly<Record<string, RaffleField>> = {
  raffle_id: "id",
  title: "title",
  description: "description",
  ticket_price: "price",
  total_numbers: "numbers",
  draw_at: "drawAt",
  prizes: "prizes",
  organiser_id: "organiser",
  min_sold_percent: "minSold",
};

export function readRaffle(
  form: RaffleForm,
  { example, nowMs, parseMoney }: RaffleReadingFormat,
): RaffleReading {
  const faults = new Map<RaffleField, Saying>();
  const title = form.title.trim();
  if (title.length < TITLE.least)
    faults.set("title", saying("fault.tooShort", { least: TITLE.least }));
  else if (title.length > TITLE.most) {
    faults.set("title", saying("fault.tooLong", { most: TITLE.most }));
  }
  const raffleId = form.id.trim();
  if (raffleId === "") faults.set("id", saying("fault.required"));
  else if (!ID_PATTERN.test(raffleId)) faults.set("id", saying("fault.unsafeId"));
  else if (raffleId.length > MAX_ID_CHARACTERS) {
    faults.set("id", saying("fault.tooLong", { most: MAX_ID_CHARACTERS }));
  }
  const description = form.description.trim();
  if (description.length > MAX_DESCRIPTION_CHARACTERS) {
    faults.set("description", saying("fault.tooLong", { most: MAX_DESCRIPTION_CHARACTERS }));
  }
  const price = parseMoney(form.price);
  if (form.price.trim() === "") faults.set("price", saying("fault.required"));
  else if (price === undefined) faults.set("price", saying("fault.money", { example }));
  else if (price === 0) faults.set("price", saying("fault.notZero"));
  else if (price > MAX_PRICE_MINOR) faults.set("price", saying("raffleForm.tooDear"));

  const whole = (field: "numbers" | "minSold", least: number, most: number): number => {
    const typed = form[field].trim();
    if (typed === "" && field === "minSold") return 0;
    const value = /^\d{1,9}$/.test(typed) ? Number(typed) : undefined;
    if (typed === "") faults.set(field, saying("fault.required"));
    else if (value === undefined) faults.set(field, saying("fault.whole"));
    else if (value < least) faults.set(field, saying("fault.atLeast", { least }));
    else if (value > most) faults.set(field, saying("fault.atMost", { most }));
    return value ?? 0;
  };
  const numbers = whole("numbers", 1, MAX_NUMBERS);
  const minSold = whole("minSold", 0, MAX_PERCENT);
  const drawAtMs = Date.parse(form.drawAt);
  if (form.drawAt === "") faults.set("drawAt", saying("fault.required"));
  else if (Number.isNaN(drawAtMs)) faults.set("drawAt", saying("raffleForm.notDate"));
  else if (drawAtMs <= nowMs) faults.set("drawAt", saying("raffleForm.past"));

  form.prizes.forEach((prize, index) => {
    const name = prize.name.trim();
    if (name === "") faults.set(`prize.${index}`, saying("fault.required"));
    else if (name.length > MAX_PRIZE_CHARACTERS) {
      faults.set(`prize.${index}`, saying("fault.tooLong", { most: MAX_PRIZE_CHARACTERS }));
    } else if (prize.description.trim().length > MAX_PRIZE_DESCRIPTION_CHARACTERS) {
      const most = MAX_PRIZE_DESCRIPTION_CHARACTERS;
      faults.set(`prize.${index}`, saying("raffleForm.prizeTooLong", { most }));
    }
  });
  if (!faults.has("numbers") && form.prizes.length > numbers) {
    faults.set("prizes", saying("raffleForm.tooManyPrizes"));
  }
  if (faults.size > 0 || price === undefined) return { ok: false, faults };
  const organiser = form.organiser.trim();
  return {
    ok: true,
    raffleId,
    terms: {
      title,
      description,
      ticket_price: price,
      total_numbers: numbers,
      draw_at: new Date(drawAtMs).toISOString(),
      prizes: form.prizes.map(({ description, name }) => ({
        name: name.trim(),
        ...(description.trim() === "" ? {} : { description: description.trim() }),
      })),
      organiser_id: organiser === "" ? null : organiser,
      min_sold_percent: minSold,
    },
  };
}

/** As it would have been typed. */
export function formOf(raffle: RaffleBody, money: (minor: number) => string): RaffleForm {
  return {
    title: raffle.title,
    id: raffle.id,
    description: raffle.description,
    price: money(raffle.ticket_price),
    numbers: String(raffle.total_numbers),
    drawAt: localMinute(Date.parse(raffle.draw_at)),
    organiser: raffle.organiser_id ?? "",
    minSold: String(raffle.min_sold_percent),
    prizes: raffle.prizes.map(({ description = "", name }, key) => ({ key, name, description })),
  };
}

/** What is suggested of it by its title, until someone writes an id. */
export const suggestedId = idFor;

/** `2026-12-24T20:00`, by this device's clock. */
export function localMinute(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The field that the server means: `prizes.2.name` is the third prize. */
export function fieldOfWire(path: string): RaffleField | undefined {
  const prize = /^prizes\.(\d{1,3})(\.|$)/.exec(path)?.[1];
  if (prize !== undefined) return `prize.${Number(prize)}`;
  return FIELD_OF_WIRE[path];
}
