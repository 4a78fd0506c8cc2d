export default function BetsPage() {
  return <main className="unreachable" />;
}
