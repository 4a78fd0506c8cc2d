/**
 * Where a payment provider's page leads back to. The address comes from a client and sends a browser somewhere after it has
 * paid, so it must be of this server or of a page that may call it: else anyone could be led anywhere with our name on it.
 */
import { originOf, type CameBy } from "./OwnOrigin.ts";
import type { Services } from "./Services.ts";

/** The address, made whole; the console's checkout when none is given; undefined when it is of nobody we know. */
export const returnUrlOf = (
  { cors, ownHost, settings }: Pick<Services, "cors" | "ownHost" | "settings">,
  came: CameBy,
  reservationId: string,
  asked: string | undefined,
): string | undefined => {
  const own = new URL(settings.publicUrl ?? originOf(came, ownHost())).origin;
  const seenAs = originOf(came, ownHost());
  const wanted = asked ?? `/#/checkout/${encodeURIComponent(reservationId)}`;
  if (!URL.canParse(wanted, own)) return undefined;
  const url = new URL(wanted, own);
  const isWeb = url.protocol === "http:" || url.protocol === "https:";
  const isKnown = url.origin === own || url.origin === seenAs || cors.allows(url.origin);
  return isWeb && isKnown ? url.href : undefined;
};
