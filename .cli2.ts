import WebSocket from "ws"
const open = () => new Promise<WebSocket>((r) => { const ws = new WebSocket("ws://127.0.0.1:18150/"); let n = 0; ws.on("message", () => { if (++n === 2) r(ws) }); ws.on("close", (c) => { if (!(ws as any).mine) console.log("closed", c, n) }); ws.on("open", () => { (ws as any).t1 = Date.now() }); ws.on("error", (e) => console.log(e.message)) })
let bad = 0
for (let i = 0; i < 30; i++) {
  const goods = []
  for (let k = 0; k < 5; k++) { const g = await Promise.race([open(), new Promise<null>(r => setTimeout(() => r(null), 3000))]); if (g === null) { bad++; console.log("stuck") } else goods.push(g) }
  await new Promise(r => setTimeout(r, 10))
  for (const g of goods) { (g as any).mine = true; g.close() }
}
console.log("bad", bad); process.exit(0)
