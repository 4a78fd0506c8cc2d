export default function RunnerPage(_: { readonly name: string }) {
  return <main className="unreachable" />;
}
