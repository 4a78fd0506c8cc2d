import { openRawSocket } from "./load/RawSocket.ts"
import { openPostgres } from "./support/Postgres.ts"
import { startServer } from "./support/Server.ts"
import { joinMany } from "./support/Players.ts"
const pgs = await openPostgres(undefined)
const db = await pgs.createDatabase("x")
const server = await startServer(db, { LOG_LEVEL: "debug" })
for (let round = 0; round < 6; round++) {
const players = await joinMany(server.url, 100)
let ended = 0
const got: string[] = players.map(() => "")
const socks: any[] = []
for (let from = 0; from < 100; from += 50) socks.push(...await Promise.all(players.slice(from, from + 50).map(({ token }, i) => openRawSocket({ host: "127.0.0.1", port: server.port, path: "/ws?token=" + token, onText: (b, st, e) => { got[from + i] += b.toString("latin1", st, e) + "\n" }, onEnd: (c) => { if (ended++ < 2) console.log("ended", from + i, c, got[from + i]) } }))))
await new Promise((r) => setTimeout(r, 1500))
console.log("round", round, "ended", ended)
for (const s of socks) s.close()
}
await server.stop(); await db.drop(); await pgs.stop()
