export const push = {
  title: "Notices",
  here: "In this browser",
  state: {
    off: "Before a reservation runs out, at the draw, and when you win.",
    on: "They come even when this page is closed.",
    working: "One moment…",
    blocked: "Blocked: allow notices for this site in the browser’s settings.",
    failed: "That did not work. Press to try again.",
  },
  offer: {
    title: "Shall we tell you in time?",
    meaning:
      "A notice a minute before your numbers are free again, at the draw, and when you win. Nothing else, and you can switch it off in the account menu.",
    yes: "Yes, notify me",
    no: "Not now",
    on: "You will be told in time.",
    blocked: "The browser blocks notices of this site. Its settings can allow them.",
    notOn: "Notices are not on. The account menu lets you try again.",
  },
};
