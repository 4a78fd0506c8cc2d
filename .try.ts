import { startGateway } from "./test/gateway/support/TestGateway.ts"
import WebSocket from "ws"
const g = await startGateway()
let bad = 0
for (let i = 0; i < 300; i++) {
  const p = await g.player()
  const frames: string[] = []
  const ws = new WebSocket(`${g.wsUrl}?token=${p.token}`)
  ws.on("message", m => frames.push(JSON.parse(String(m)).type))
  ws.on("error", e => frames.push(String(e)))
  ws.on("close", c => frames.push("closed " + c))
  const t = Date.now()
  while (frames.length < 5 && Date.now() - t < 1500) await new Promise(r => setTimeout(r, 2))
  if (frames.length < 5) { bad++; console.log(i, frames.join(), ws.readyState) }
  ws.close()
}
console.log({ bad }, g.log)
await g.close()
