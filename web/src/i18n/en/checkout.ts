export const checkout = {
  title: "Checkout",
  back: "Back to the raffle",
  failed: "The checkout cannot be shown now.",
  failedMeaning:
    "The server does not answer. It is asked again by itself; nothing is charged meanwhile.",
  missing: "There is no such reservation, or its time ran out long ago.",
  notYours: "This reservation is somebody else’s.",
  toRaffles: "To the raffles",
  summary: "Your numbers",
  count_one: "{{count}} number",
  count_other: "{{count}} numbers",
  each: "at {{price}}",
  total: "Total",
  timeLeft: "to pay",
  timeSelection: "to go to the checkout",
  how: "How do you want to pay?",
  selection: {
    title: "Not at the checkout yet",
    meaning: "You can still change your numbers. From here on they are fixed.",
    go: "To the checkout",
  },
  provider: {
    wallet: { name: "Your wallet", what: "At once, from your balance here." },
    sandbox_card: { name: "Card", what: "You pay on the card’s page and come back here." },
    stripe: { name: "Stripe", what: "You pay on Stripe’s page and come back here." },
  },
  why: {
    disabled: "Switched off by the house for now.",
    unconfigured: "Not set up on this server.",
    failing: "Does not answer at the moment. It is tried again by itself.",
    poor: "You are {{missing}} short.",
    frozen: "Your wallet is frozen.",
  },
  balance: "Balance",
  after: "After paying",
  pay: "Pay {{amount}}",
  cancel: "Cancel the reservation",
  cancelTitle: "Cancel the reservation?",
  cancelMeaning: "The numbers are free for everyone at once. Nothing is charged.",
  cancelKeep: "Keep them",
  cancelDo: "Cancel it",
  secure: "You are charged once, however often you press, reload or come back.",
  wait: {
    creating: "The payment is being started…",
    redirecting: "On to the card’s page…",
    pending: "Waiting for the confirmation",
    pendingMeaning:
      "When you have paid there, nothing is left to do: this page goes on by itself. It may take a while.",
    wallet: "Paying from your wallet…",
    taken: "Paid. Your numbers are being put in your name…",
    cancelling: "The payment is being called off…",
    back: "I have not paid yet: back to the card’s page",
    other: "Pay another way",
    otherMeaning: "The payment that was begun is called off then.",
    since: "since {{time}}",
  },
  declined: {
    title: "The payment was declined.",
    meaning: "Nothing was charged. Try again, or pay another way.",
  },
  called: "The payment was called off. Nothing was charged.",
  unanswered: {
    title: "The answer has not come.",
    meaning: "Press again: it is the same payment, so you cannot be charged twice.",
  },
  sold: {
    title: "They are yours",
    meaning_one: "Number {{numbers}} is in the draw.",
    meaning_other: "These {{count}} numbers are in the draw.",
    paid: {
      wallet: "Paid {{amount}} from your wallet",
      sandbox_card: "Paid {{amount}} by card",
      stripe: "Paid {{amount}} with Stripe",
    },
    draw: "The draw",
    tickets: "My tickets",
    toDraw: "To the draw",
    more: "Pick more numbers",
  },
  over: {
    uncharged: "Nothing was charged.",
    expired: {
      title: "The time ran out",
      meaning: "The numbers are free again for everyone.",
    },
    cancelled: {
      title: "The reservation is cancelled",
      meaning: "The numbers are free again for everyone.",
    },
    refunded: {
      title: "You have your money back",
      meaning:
        "The raffle was cancelled after you had bought. {{amount}} went back the way it came.",
    },
    late: {
      title: "The payment came too late",
      meaning:
        "It arrived when the numbers were no longer to be had, so all of it goes back the way it came.",
    },
    lateWaiting:
      "The payment that was begun is being called off. If it comes in all the same, you get the numbers if they are still free, or else your money back.",
    refunding: "{{amount}} is on its way back.",
    refundRefused:
      "The payment provider did not take {{amount}} back. The house has been told, and sees to it that you get it.",
    refundedAmount: "{{amount}} is back.",
  },
  pickAgain: "Pick numbers again",
};
