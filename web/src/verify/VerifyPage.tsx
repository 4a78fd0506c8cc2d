export default function VerifyPage(_: { readonly raceId: string }) {
  return <main className="unreachable" />;
}
