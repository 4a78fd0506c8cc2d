import type { verify as english } from "../en/verify.ts";
import type { TextsLike } from "../TextsLike.ts";

export const verify: TextsLike<typeof english> = {
  title: "Comprueba esta carrera",
  lead: "Tu navegador vuelve a calcular la carrera {{race}} con datos públicos y compara cada valor con lo que dice la casa. No se envía nada a ninguna parte.",
  back: "Repetición y resultado",
  loading: "Leyendo los datos públicos de la carrera…",
  notOver:
    "Esta carrera no ha terminado, o no existe. Lo que hace falta para comprobarla se muestra cuando termina.",
  failed: "Ahora no se pueden leer los datos públicos de la carrera.",
  toRace: "A la carrera",
  actions: {
    share: "Copiar enlace",
    shared: "Enlace copiado",
    shareFailed: "Copia este enlace: {{link}}",
    print: "Imprimir",
    download: "Descargar como JSON",
  },
  progress: "Paso {{done}} de {{all}}",
  working: "Calculando…",
  broken: "Este navegador no ha podido hacer el cálculo.",
  source: {
    altered: "Estás viendo datos alterados, no lo que dijo la casa.",
    own: "Estás viendo datos tuyos, no lo que dijo la casa.",
    undo: "Volver a los datos de la casa",
  },
  mark: { agrees: "es cierto", differs: "es falso", idle: "sin comparar" },
  stepName: {
    race: "La carrera pedida",
    noted: "El compromiso que viste",
    commitment: "La semilla comprometida",
    digest: "Las apuestas",
    own: "Tus apuestas",
    seed: "La semilla final",
    frames: "La carrera, fotograma a fotograma",
    order: "El orden",
    payouts: "Los pagos",
  },
  stepWhat: {
    race: "La respuesta tiene que tratar de la carrera que indica la dirección de esta página.",
    noted:
      "Mientras se admitían apuestas, este navegador anotó el compromiso y la forma de los corredores. La casa tiene que seguir diciendo lo mismo.",
    commitment:
      "Antes de abrir las apuestas, la casa sacó una semilla y publicó su SHA-256. La semilla que muestra ahora debe tener ese hash: es la que se sacó antes de cualquier apuesta.",
    digest:
      "Al cerrarse las apuestas, todas las aceptadas se escribieron una por línea, ordenadas por su id, y se resumieron en un hash. Cambia, añade o quita una, y el hash es otro.",
    own: "Cada apuesta tuya debe estar en la lista tal como la hiciste, con el pago que recibiste; y ninguna que hayas cancelado.",
    seed: "La semilla de la casa y el resumen de las apuestas forman juntos la semilla que mueve la carrera. Ninguna de las partes podía elegirla sola.",
    frames:
      "Con la semilla final, la forma de los corredores y los poderes lanzados, tu navegador vuelve a correr la carrera. Cada posición de cada fotograma debe ser la que vio todo el mundo.",
    order: "El orden en que los corredores llegan a la meta en la carrera corrida aquí.",
    payouts:
      "Aquí se liquidan todos los fondos: la comisión, la ganancia y la parte de cada boleto, hasta el último céntimo.",
  },
  inputs: "Qué entra",
  formula: "Fórmula",
  computed: "Calculado aquí",
  claimed: "La casa dice",
  computedOf: {
    race: "Pedida",
    noted: "Anotado por ti",
    own: "Tuyas en pie",
  },
  claimedOf: { own: "Halladas en la lista" },
  copy: "Copiar",
  copied: "Copiado",
  copyOf: "Copiar: {{what}}",
  follows: "Puede venir del paso {{step}}.",
  finding: {
    other_race: "La casa responde con otra carrera: {{answered}}, no {{asked}}.",
    nothing_noted:
      "Este navegador no vio la carrera mientras se admitían apuestas, así que no tiene con qué comparar.",
    other_commitment: "El compromiso no es el que viste mientras se admitían apuestas.",
    other_form: "La forma de los corredores no es la que viste mientras se admitían apuestas.",
    not_committed: "La semilla del servidor no es la que la casa había comprometido.",
    other_digest_one: "Esta lista de {{count}} apuesta no tiene el resumen que dice la casa.",
    other_digest_other: "Esta lista de {{count}} apuestas no tiene el resumen que dice la casa.",
    other_digest_many: "Esta lista de {{count}} de apuestas no tiene el resumen que dice la casa.",
    nobody_asked: "Aquí no hay con qué comparar.",
    no_own_bets: "No tienes apuestas en esta carrera.",
    own_missing: "Tu apuesta {{bet}} no está en la lista.",
    own_changed: "Tu apuesta {{bet}} no está en la lista tal como la hiciste.",
    own_cancelled: "Tu apuesta {{bet}} está en la lista, aunque la cancelaste.",
    own_payout: "Tu apuesta {{bet}} cobró {{paid}}; la lista dice {{claimed}}.",
    other_seed: "La semilla final no es la que dice la casa.",
    no_frames: "No se han podido leer los fotogramas de la casa, así que no se comparan.",
    frame_count: "Aquí la carrera tiene {{here}} fotogramas; la casa muestra {{house}}.",
    frame:
      "El primer fotograma distinto es el {{tick}}: aquí el corredor {{number}} está en {{here}} m; la casa lo muestra en {{house}} m.",
    other_order: "El orden es {{here}}, no {{house}}.",
    payout_count: "Hay {{bets}} apuestas, pero {{payouts}} pagos.",
    payout: "A la apuesta {{bet}} le corresponden {{due}}, no {{claimed}}.",
    more_payouts_one: "…y {{count}} pago más que no es como debe.",
    more_payouts_other: "…y {{count}} pagos más que no son como deben.",
    more_payouts_many: "…y {{count}} de pagos más que no son como deben.",
    impossible:
      "Ninguna carrera puede tener estos datos, así que de ellos no se deduce nada: {{reason}}.",
    not_reached: "No se puede calcular, porque un paso anterior no dio nada.",
  },
  ownIn_one: "Tu {{count}} apuesta está en ella.",
  ownIn_other: "Tus {{count}} apuestas están en ella.",
  ownIn_many: "Tus {{count}} de apuestas están en ella.",
  verdict: {
    title: "Veredicto",
    holds: "Todo es como dice la casa.",
    holdsNoted:
      "La semilla se fijó antes de la primera apuesta, con el compromiso que anotaste; apuestas, carrera, orden y pagos se deducen de ella según las reglas.",
    holdsUnnoted:
      "Apuestas, carrera, orden y pagos se deducen de la semilla según las reglas. Este navegador no anotó el compromiso mientras se admitían apuestas, así que solo la casa responde de que la semilla se fijara antes.",
    fails: "La versión de la casa no se sostiene.",
    failsAltered: "Los datos alterados no se sostienen.",
    failsAt: "Es falsa en el paso {{number}}, {{step}}.",
  },
  unproven: {
    title: "Lo que esto no demuestra",
    bet: "Que la casa no apostara.",
    betWhy:
      "Quien conoce la semilla mientras se admiten apuestas puede probar semillas finales y hacer la última apuesta de modo que el resultado le convenga.",
    refused: "Que se admitieran todas las apuestas.",
    refusedWhy:
      "Una apuesta que la casa rechazó o nunca recibió no está en ninguna lista. Una apuesta de la que tienes id y que falta es una prueba contra la casa.",
    powers: "Que los poderes sean todos.",
    powersWhy:
      "Actúan después de fijarse la semilla final, y su lista es la de la casa. Cada uno se muestra a todos antes de actuar: compáralo con lo que viste.",
    field: "Que los participantes fueran los que viste.",
    fieldWhy:
      "La forma, la comisión y la duración de la carrera no están en los hashes. Este navegador anota la forma junto al compromiso.",
    noted: "Que el compromiso fuera anterior, si nadie lo anotó.",
    notedWhy: "Abre la carrera mientras se admiten apuestas, y este navegador lo anota solo.",
  },
  cheat: {
    title: "Intenta hacer trampa",
    lead: "Ponte en el lugar de la casa: cambia un valor y mira dónde se descubre.",
    what: {
      commitment: "Otro compromiso",
      server_seed: "Una cifra de la semilla",
      stake: "Un importe, en 1,00",
      selection: "Una apuesta a otro corredor",
      drop: "Una apuesta omitida",
      order: "Primero y segundo cambiados",
      payout: "Un pago, en 1,00",
    },
    none: "Esta carrera no tiene ninguno",
  },
  own: {
    title: "Comprueba tus propios datos",
    lead: "Pega lo que guardaste de una carrera, suelta aquí su archivo o edita cualquier valor.",
    label: "Los datos de la carrera, en JSON",
    check: "Comprobar estos datos",
    file: "Abrir un archivo",
    notJson: "Esto no es JSON.",
    fault: "Estos no son los datos de una carrera: mira «{{path}}».",
    faultWhole: "Estos no son los datos de una carrera.",
    tooLong: "El archivo es demasiado largo para ser de una carrera.",
  },
  shell: {
    title: "Sin esta página",
    lead: "Tampoco te fíes de esta página: las semillas se comprueban con cualquier herramienta.",
  },
};
