export default function RacesPage() {
  return <main className="unreachable" />;
}
