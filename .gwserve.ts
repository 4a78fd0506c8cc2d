import { startGateway } from "./test/gateway/support/TestGateway.ts"
const g = await startGateway()
const p = await g.player()
const { default: autocannon } = await import("autocannon")
for (const [name, opts] of [["validate", { url: g.url + "/bets/validate", method: "POST", headers: { authorization: `Bearer ${p.token}`, "content-type": "application/json" }, body: JSON.stringify({ market: "win", selection: [3], stake: 250 }) }], ["live", { url: g.url + "/health/live" }]] as any) {
  const r = await (autocannon as any)({ ...opts, connections: 32, pipelining: 8, duration: 4, workers: 1 })
  console.log(name, r.requests.average, r.latency.p99, r.non2xx)
}
await g.close()
