/** The shell's signs. Each is one path on a grid of 24, drawn as lines, so that they look like one family. */
const PATHS = {
  account: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5",
  bell: "M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 2h-15zM10 21h4",
  bets: "M5 4h14v16l-3-2-2 2-2-2-2 2-2-2-3 2zM8.5 9h7M8.5 13h7",
  check: "M4.5 12.5l5 5 10-11",
  close: "M6 6l12 12M18 6L6 18",
  cluster:
    "M12 3.5v5M12 8.5L5 17M12 8.5l7 8.5M7 18.5h10M12 6a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5 21a2.2 2.2 0 1 0 0-4.4A2.2 2.2 0 0 0 5 21zM19 21a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  entities:
    "M4 6.5C4 5 7.6 3.8 12 3.8S20 5 20 6.5 16.4 9.2 12 9.2 4 8 4 6.5zM4 6.5v11c0 1.5 3.6 2.7 8 2.7s8-1.2 8-2.7v-11M4 12c0 1.5 3.6 2.7 8 2.7s8-1.2 8-2.7",
  equity: "M11 4.5A8.5 8.5 0 1 0 19.5 13H11zM14.5 3.5a6 6 0 0 1 6 6h-6z",
  games: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  gear: "M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM12 2.8v3M12 18.2v3M2.8 12h3M18.2 12h3M5.5 5.5l2.1 2.1M16.4 16.4l2.1 2.1M18.5 5.5l-2.1 2.1M7.6 16.4l-2.1 2.1",
  hands:
    "M9.5 4.5h8a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5h-8A1.5 1.5 0 0 1 8 18V6a1.5 1.5 0 0 1 1.5-1.5zM8 7.2 5.6 8a1.5 1.5 0 0 0-.9 1.9l3.3 9.1M13.5 9.2l2.3 2.8-2.3 2.8-2.3-2.8z",
  history: "M4 12a8 8 0 1 0 2.6-5.9L4 8.5M4 4v4.5h4.5M12 8v4.5l3 2",
  journal: "M5 3.5h11.5a2 2 0 0 1 2 2V20.5H7a2 2 0 0 1-2-2zM5 18.5a2 2 0 0 1 2-2h11.5M9 7.5h6",
  latency: "M3.5 16a8.5 8.5 0 1 1 17 0M12 16l4-5.5M3.5 19.5h17",
  lobbies: "M4 20V9l8-5 8 5v11M9 20v-6h6v6M2.5 20h19",
  missing: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.5v5.5M12 16.5h.01",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  players:
    "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c.6-3.2 3.2-5 6.5-5s5.900 1.800 6.5 5M16 4.800a3.5 3.5 0 0 1 0 6.400M18 14.900c1.900.8 3.100 2.400 3.5 4.600",
  raffles: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM10.5 9.5l2-1.5v8",
  races: "M5 21V4M5 4.5c4-2 6 2 10 .5 1.5-.5 3-1 4-1v9c-4 0-5 2-9 .8-2-.6-3.5-.6-5 .2",
  runners:
    "M14.5 6a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM7 11l3.5-3 4 1.5 1 3.5 3.5 1M11 8.5L9.5 14l3.5 2.5-1 5M9.5 14L8 18l-4 .5",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20.5 20.5",
  tickets: "M3.5 7h17v3.5a2 2 0 0 0 0 4V18h-17v-3.5a2 2 0 0 0 0-4zM14 7v2M14 11.5v2M14 16v2",
  wallet: "M4 7.5V18a2 2 0 0 0 2 2h13.5V9.5H6a2 2 0 1 1 0-4h11.5v4M16 14.800h.01",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 22 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 3 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
