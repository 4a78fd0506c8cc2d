/**
 * What payers were told is what their reservation's journal keeps for them: the first outcome of the payment, and the same for
 * ever. A sale that was told of is one that the raffle has made.
 */
import { Schema } from "effect";
import { ReservationEvent } from "../../entities/reservation/events.ts";
import { evolve, initial, type Payment } from "../../entities/reservation/state.ts";
import { intentDigest } from "../../entities/intent.ts";
import type { PlayerId } from "../../rpc/id.ts";
import type { Find } from "./Finding.ts";
import type { Answered, Body, Intent } from "./History.ts";
import { byEntity, type Entry } from "./Journal.ts";

const decodeEvent = Schema.decodeUnknownSync(ReservationEvent);

/** All payments there ever were, by the command that began them or found them. */
const paymentsOf = (journal: ReadonlyArray<Entry>): ReadonlyMap<string, Payment> => {
  const byCommand = new Map<string, Payment>();
  for (const entries of byEntity(journal).values()) {
    if (entries[0]?.kind !== "reservation") continue;
    let state = initial;
    for (const { events } of entries)
      for (const event of events) state = evolve(state, decodeEvent(event));
    for (const { commandId, entityId, reply } of entries) {
      const { paymentId } = (reply?.ok === true ? reply.value : {}) as { paymentId?: string };
      const payment = state.payments.find((one) => one.paymentId === paymentId);
      if (payment !== undefined) byCommand.set(`${entityId} ${commandId}`, payment);
    }
  }
  return byCommand;
};

export const checkPayments = (
  intents: ReadonlyArray<Intent>,
  journal: ReadonlyArray<Entry>,
  find: Find,
): void => {
  const payments = paymentsOf(journal);
  for (const { answers, playerId, request } of intents) {
    const answer = answers[0];
    if (request.kind !== "pay" || answer === undefined) continue;
    const digest = intentDigest({
      playerId: playerId as PlayerId,
      key: request.key,
      requestId: "",
    });
    const payment = payments.get(`${request.reservationId} act:${digest}`);
    const told = toldOf(answer);
    // Refused before there was a payment: the refusal is the command's own, and looked at with the others.
    if (payment === undefined && told !== "sold") continue;
    const kept = keptOf(payment);
    if (told !== kept)
      find({
        promise: "the stored reply is the given one",
        subject: `pay ${request.key} of ${playerId}`,
        sentence: `${told} was told, and the journal keeps ${kept} for it`,
      });
  }
};

const toldOf = ({ body, status }: Answered): string => {
  if (status < 400) {
    const { phase } = body["reservation"] as Body;
    return phase === "sold" ? "sold" : "placed";
  }
  if (body["code"] === "payment_declined") return `declined: ${String(body["reason"])}`;
  return body["code"] === "reservation_closed"
    ? `over: ${String(body["phase"])}`
    : String(body["code"]);
};

const keptOf = (payment: Payment | undefined): string => {
  const answer = payment?.answer;
  switch (answer?._tag) {
    case "declined":
      return `declined: ${answer.failure.code}`;
    case "over":
      return `over: ${answer.phase}`;
    case "sold":
    case "placed":
      return answer._tag;
    default:
      return "nothing";
  }
};
