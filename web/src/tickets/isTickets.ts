import type { TicketsBody } from "../../../sdk/src/index.ts";
import { fields, integer, listOf, text } from "../proof/shape.ts";

const tickets = fields({
  reservations: listOf(
    fields({
      id: text,
      raffle_id: text,
      phase: text,
      expires_at: text,
      created_at: text,
      numbers: listOf(fields({ number: integer })),
      total_amount: integer,
      raffle: fields({ id: text, title: text, status: text, draw_at: text }),
      won: listOf(fields({ prize: integer, prize_name: text, number: integer })),
    }),
  ),
});

/** Of what was kept by this browser, perhaps by another release of the console. */
export const isTickets = (value: unknown): value is TicketsBody => tickets(value) === null;
