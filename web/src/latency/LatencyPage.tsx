export default function LatencyPage() {
  return <main className="unreachable" />;
}
