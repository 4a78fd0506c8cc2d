export default function WalletPage() {
  return <main className="unreachable" />;
}
