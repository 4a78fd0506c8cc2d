import uWS from "uWebSockets.js"
const f = new Set((process.env.F ?? "").split(","))
const app = uWS.App().ws("/*", { idleTimeout: 120, maxPayloadLength: 16384, sendPingsAutomatically: true,
 ...(f.has("async") || f.has("asyncnocork") ? { upgrade: (res: any, req: any, ctx: any) => { const k = req.getHeader("sec-websocket-key"), p = req.getHeader("sec-websocket-protocol"), e = req.getHeader("sec-websocket-extensions");
   let aborted = false; res.onAborted(() => { aborted = true })
   const go = () => { if (aborted) return; if (f.has("async")) res.cork(() => res.upgrade({}, k, p, e, ctx)); else res.upgrade({}, k, p, e, ctx) }
   if (f.has("immediate")) setImmediate(go); else if (f.has("crypto")) crypto.subtle.digest("SHA-256", new Uint8Array(10)).then(go); else Promise.resolve().then(go) } } : {}),
 open: (ws) => { if (f.has("sub")) ws.subscribe("a"); ws.send("1"); setTimeout(() => { try { if (f.has("cork")) ws.cork(() => { ws.send("2") }); else ws.send("2") } catch {} }, 1) },
 close: (ws: any, code, m) => { if (code !== 1005) console.log("server close", code, Buffer.from(m).toString()) } })
app.listen("127.0.0.1", 18150, () => console.log("up"))
