export default function RacePage(_: { readonly raceId: string }) {
  return <main className="unreachable" />;
}
