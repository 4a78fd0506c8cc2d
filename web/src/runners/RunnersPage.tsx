export default function RunnersPage() {
  return <main className="unreachable" />;
}
