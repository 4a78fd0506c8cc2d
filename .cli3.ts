import net from "node:net"
const how = process.argv[2]
const open = (id: number) => new Promise<net.Socket>((r) => { const s = net.connect(18150, "127.0.0.1", () => s.write("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")); (s as any).got = ""; s.on("data", d => { (s as any).got += d.toString("latin1"); if ((s as any).got.endsWith("\x81\x012")) r(s) }); s.on("error", e => console.log("err", e.message)); s.on("close", () => { if (!(s as any).mine) console.log("closed unasked") }) ; (globalThis as any).last = s})
let bad = 0
for (let i = 0; i < 30; i++) {
  const goods: net.Socket[] = []
  for (let k = 0; k < 5; k++) { const g = await Promise.race([open(k), new Promise<null>(r => setTimeout(() => r(null), 2000))]); if (g === null) { bad++; const s = (globalThis as any).last; console.log("stuck at", k, "got", s.got.length, "bytes", s.readyState, s.connecting) } else goods.push(g) }
  await new Promise(r => setTimeout(r, 10))
  for (const g of goods) { (g as any).mine = true; if (how === "destroy") g.destroy(); else if (how === "end") g.end(); else { g.write(Buffer.from([0x88, 0x80, 0, 0, 0, 0])) } }
}
console.log("bad", bad); process.exit(0)
