import "./Ticket.css";

/** A number as a ticket stub. */
export function Ticket({
  text,
  isOwn,
  place,
}: {
  readonly text: string;
  /** It has been bought. */
  readonly isOwn: boolean;
  /** Its place among the tickets, for they come in one after the other. */
  readonly place: number;
}) {
  return (
    <li
      className="ticket figure"
      data-own={isOwn}
      style={{ "--place": place } as Record<string, number>}
    >
      {text}
    </li>
  );
}
