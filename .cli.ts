import WebSocket from "ws"
import { startGateway } from "./test/gateway/support/TestGateway.ts"
const g = await startGateway()
console.log("port", g.gateway.port)
const open = async (i?: number, k?: number) => { const p = await g.player(); return new Promise<WebSocket>((r, j) => { const ws = new WebSocket(`${g.wsUrl}?token=${p.token}`); (ws as any).i = i; (ws as any).k = k; let n = 0; ws.on("message", () => { if (++n === 5) r(ws) }); ws.on("close", (c) => { (ws as any).code = c; if (!(ws as any).mine) console.log("closed", c, n, "i", (ws as any).i, "k", (ws as any).k) }); ws.on("error", (e) => { (ws as any).err = e.message; console.log(e.message) }) }) }
let bad = 0
for (let i = 0; i < 40; i++) {
  if (process.argv[2] === "big") { const big = await open(); (big as any).mine = true
  big.send("x".repeat(17000))
  await new Promise(r => big.on("close", r)) }
  const goods = []
  for (let k = 0; k < 5; k++) { const g = await Promise.race([open(i,k), new Promise<null>(r => setTimeout(() => r(null), 1500))]); if (g === null) bad++; else goods.push(g) }
  await new Promise(r => setTimeout(r, 30))
  for (const g of goods) if (g.readyState !== 1) { bad++; console.log("lost", (g as any).code, (g as any).err) } else { (g as any).mine = true; g.close() }
}
console.log({ mode: process.argv[2], bad }); process.exit(0)
