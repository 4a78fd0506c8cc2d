import { useMemo } from "react";
import { ticketText } from "../../../entities/raffle/draw/tickets.ts";
import type { Answer, Croupier } from "../../../sdk/src/index.ts";
import { useCroupier, useSession } from "../app/useSeat.ts";
import { useRead } from "../http/useRead.ts";
import type { Reading } from "../http/useRead.ts";

export interface OwnTicket {
  readonly number: number;
  /** As it stands in the list that is drawn from. */
  readonly text: string;
}

/** Who has bought more has seen enough of them in the list. */
const MAX_PAGES = 40;
const NONE = { kind: "read", body: [] } as const;

/** What the player has bought in a raffle, by number; nothing at the door. */
export function useOwnTickets(raffleId: string): Reading<readonly OwnTicket[]> {
  const croupier = useCroupier();
  const playerId = useSession()?.playerId;
  const { reading } = useRead(
    useMemo(
      () => (playerId === undefined ? null : () => readOwn(croupier, raffleId)),
      [croupier, playerId, raffleId],
    ),
  );
  return playerId === undefined ? NONE : reading;
}

async function readOwn(
  croupier: Croupier,
  raffleId: string,
): Promise<Answer<readonly OwnTicket[]>> {
  const own: OwnTicket[] = [];
  let before: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer: Awaited<ReturnType<typeof readPage>> = await readPage(croupier, raffleId, before);
    if (!answer.ok) return answer;
    for (const { id, numbers } of answer.body.reservations) {
      for (const { number } of numbers) own.push({ number, text: ticketText(number, id) });
    }
    before = answer.body.next_before;
    if (before === null) break;
  }
  return { ok: true, status: 200, body: own.toSorted((a, b) => a.number - b.number) };
}

const readPage = (croupier: Croupier, raffleId: string, before: string | null) =>
  croupier.get("/api/v1/reservations", {
    query: { raffle_id: raffleId, phase: "sold", ...(before === null ? {} : { before }) },
  });
