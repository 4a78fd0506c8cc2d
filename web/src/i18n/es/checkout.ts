import type { checkout as en } from "../en/checkout.ts";
import type { TextsLike } from "../TextsLike.ts";

export const checkout: TextsLike<typeof en> = {
  title: "Caja",
  back: "Volver al sorteo",
  failed: "Ahora no se puede mostrar la caja.",
  failedMeaning:
    "El servidor no responde. Se le vuelve a preguntar solo; mientras tanto no se cobra nada.",
  missing: "No hay ninguna reserva así, o se acabó su tiempo hace mucho.",
  notYours: "Esta reserva es de otra persona.",
  toRaffles: "A los sorteos",
  summary: "Tus números",
  count_one: "{{count}} número",
  count_other: "{{count}} números",
  count_many: "{{count}} números",
  each: "a {{price}}",
  total: "Total",
  timeLeft: "para pagar",
  timeSelection: "para pasar a la caja",
  how: "¿Cómo quieres pagar?",
  selection: {
    title: "Aún no estás en la caja",
    meaning: "Todavía puedes cambiar tus números. A partir de aquí ya no cambian.",
    go: "Ir a la caja",
  },
  provider: {
    wallet: { name: "Tu monedero", what: "Al momento, con tu saldo de aquí." },
    sandbox_card: {
      name: "Tarjeta",
      what: "Pagas en la página de la tarjeta y vuelves aquí.",
    },
    stripe: { name: "Stripe", what: "Pagas en la página de Stripe y vuelves aquí." },
  },
  why: {
    disabled: "La casa lo ha desactivado por ahora.",
    unconfigured: "No está configurado en este servidor.",
    failing: "Ahora no responde. Se prueba de nuevo solo.",
    poor: "Te faltan {{missing}}.",
    frozen: "Tu monedero está bloqueado.",
  },
  balance: "Saldo",
  after: "Después de pagar",
  pay: "Pagar {{amount}}",
  cancel: "Cancelar la reserva",
  cancelTitle: "¿Cancelar la reserva?",
  cancelMeaning: "Los números quedan libres para todos al momento. No se cobra nada.",
  cancelKeep: "Conservarlos",
  cancelDo: "Cancelarla",
  secure: "Se te cobra una sola vez, por mucho que pulses, recargues o vuelvas.",
  wait: {
    creating: "Iniciando el pago…",
    redirecting: "Vamos a la página de la tarjeta…",
    pending: "Esperando la confirmación",
    pendingMeaning:
      "Si ya has pagado allí, no tienes que hacer nada: esta página sigue sola. Puede tardar un poco.",
    wallet: "Pagando con tu monedero…",
    taken: "Pagado. Poniendo los números a tu nombre…",
    cancelling: "Anulando el pago…",
    back: "Aún no he pagado: volver a la página de la tarjeta",
    other: "Pagar de otra forma",
    otherMeaning: "En ese caso se anula el pago que empezaste.",
    since: "desde las {{time}}",
  },
  declined: {
    title: "El pago ha sido rechazado.",
    meaning: "No se ha cobrado nada. Inténtalo de nuevo o paga de otra forma.",
  },
  called: "El pago se ha anulado. No se ha cobrado nada.",
  unanswered: {
    title: "La respuesta no ha llegado.",
    meaning: "Pulsa otra vez: es el mismo pago, así que no se te puede cobrar dos veces.",
  },
  sold: {
    title: "Ya son tuyos",
    meaning_one: "El número {{numbers}} entra en el sorteo.",
    meaning_other: "Estos {{count}} números entran en el sorteo.",
    meaning_many: "Estos {{count}} números entran en el sorteo.",
    paid: {
      wallet: "Has pagado {{amount}} con tu monedero",
      sandbox_card: "Has pagado {{amount}} con tarjeta",
      stripe: "Has pagado {{amount}} con Stripe",
    },
    draw: "El sorteo",
    tickets: "Mis boletos",
    toDraw: "Ver el sorteo",
    more: "Elegir más números",
  },
  over: {
    uncharged: "No se ha cobrado nada.",
    expired: {
      title: "Se acabó el tiempo",
      meaning: "Los números vuelven a estar libres para todos.",
    },
    cancelled: {
      title: "La reserva está cancelada",
      meaning: "Los números vuelven a estar libres para todos.",
    },
    refunded: {
      title: "Tienes tu dinero de vuelta",
      meaning:
        "El sorteo se canceló después de tu compra. {{amount}} han vuelto por donde vinieron.",
    },
    late: {
      title: "El pago llegó demasiado tarde",
      meaning:
        "Llegó cuando los números ya no estaban disponibles, así que vuelve entero por donde vino.",
    },
    lateWaiting:
      "El pago que empezaste se está anulando. Si aun así llega, recibes los números si siguen libres, o si no, tu dinero.",
    refunding: "{{amount}} están de vuelta en camino.",
    refundRefused:
      "El proveedor de pagos no ha aceptado la devolución de {{amount}}. La casa está avisada y se ocupa de que los recibas.",
    refundedAmount: "{{amount}} ya están de vuelta.",
  },
  pickAgain: "Elegir números otra vez",
};
