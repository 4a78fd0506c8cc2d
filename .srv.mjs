import uWS from "uWebSockets.js"
let n = 0
const app = uWS.App().ws("/*", { idleTimeout: 120,
 open: (ws) => { const id = n++; ws.id = id; const a = ws.send("1"); setTimeout(() => { try { const b = ws.send("2"); if (a !== 1 || b !== 1) console.log(id, "sent", a, b, ws.getBufferedAmount()) } catch (e) { console.log(id, String(e)) } }, 1) },
 close: (ws, code, m) => { console.log("server close", ws.id, code, Buffer.from(m).toString()) } })
app.listen("127.0.0.1", 18150, () => console.log("up"))
