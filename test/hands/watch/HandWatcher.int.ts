/** What can happen to files that somebody else writes: each hand in them is stored once, whatever it is. */
import { execFileSync } from "node:child_process";
import {
  appendFile,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bareHand, handId, handsText, handText } from "../Scribe.ts";
import { Folder } from "./Folder.ts";
import { PATIENCE_MS } from "../../support/patience.ts";

let folder: Folder;

beforeEach(async () => {
  folder = await Folder.open();
});
afterEach(async () => {
  await folder.close();
});
// What was seen in a file is told a moment after its hands are there.
const TOLD = { timeout: PATIENCE_MS };

const ids = (first: number, last: number, table = 1) =>
  Array.from({ length: last - first + 1 }, (_, n) => handId(first + n, table));

describe("files that are there", () => {
  it("are read, in folders below as well, and only histories", async () => {
    await folder.write("20240501_Nice 01_real_holdem_no-limit.txt", handsText(1, 3));
    await mkdir(folder.file("ada/history"), { recursive: true });
    await folder.write("ada/history/t2.TXT", handsText(1, 2, { table: 2 }));
    await folder.write("winamax_positioning_file.dat", handsText(1, 2, { table: 3 }));
    await folder.write(".hidden.txt", handsText(1, 2, { table: 4 }));
    await folder.watch();
    await folder.expectHands([...ids(1, 3), ...ids(1, 2, 2)]);
  });

  it("come in the order of the file, over many looks and batches", async () => {
    await folder.write("t.txt", handsText(1, 2500));
    await folder.watch();
    await folder.expectHands(ids(1, 2500));
    expect(await folder.handIds()).toEqual(ids(1, 2500));
  });
});

describe("a file that grows", () => {
  it("gives each hand as soon as it is whole, however it is cut into writes", async () => {
    await folder.watch();
    const bytes = Buffer.from(handsText(1, 30));
    // Cuts in the middle of lines, numbers and characters.
    for (let at = 0, n = 0; at < bytes.length; n++) {
      const piece = bytes.subarray(at, (at += 1 + ((n * 7919) % 701)));
      await folder.append("t.txt", piece);
    }
    await folder.expectHands(ids(1, 30));
  });

  it("keeps half a hand waiting for the other half", async () => {
    const text = handText(2);
    await folder.write("t.txt", handText(1) + text.slice(0, 300));
    await folder.watch();
    await folder.expectHands(ids(1, 1));
    await folder.append("t.txt", text.slice(300));
    await folder.expectHands(ids(1, 2));
  });

  it("gives its last hand without the blank line after it when it has been still, once", async () => {
    await folder.write("t.txt", handText(1) + bareHand(2));
    await folder.watch();
    await folder.expectHands(ids(1, 2));
    await folder.append("t.txt", `\n\n${handText(3)}`);
    await folder.expectHands(ids(1, 3));
  });

  it("loses no hand that comes closely after another, many files at once", async () => {
    await folder.watch();
    const table = async (n: number) => {
      for (let hand = 1; hand <= 40; hand++)
        await folder.append(`t${n}.txt`, handText(hand, { table: n }));
    };
    await Promise.all([1, 2, 3, 4, 5].map(table));
    await folder.expectHands([1, 2, 3, 4, 5].flatMap((n) => ids(1, 40, n)));
  });

  it("is told of in the database by how far it has been read", async () => {
    const whole = handsText(1, 5);
    await folder.write("t.txt", whole + handText(6).slice(0, 100));
    await folder.watch();
    await folder.expectHands(ids(1, 5));
    const { rows } = await folder.pool.query("SELECT path, read_to, line FROM hand_file");
    expect(rows).toEqual([
      {
        path: folder.file("t.txt"),
        read_to: String(Buffer.byteLength(whole)),
        line: String(whole.split("\n").length - 1),
      },
    ]);
  });
});

describe("a file that becomes another", () => {
  beforeEach(async () => {
    await folder.write("t.txt", handsText(1, 5));
    await folder.watch();
    await folder.expectHands(ids(1, 5));
  });

  it("by being emptied and filled again is read from its beginning", async () => {
    await truncate(folder.file("t.txt"));
    await folder.append("t.txt", handsText(4, 6));
    await folder.expectHands(ids(1, 6));
  });

  it("by being cut short loses nothing that was stored, and goes on", async () => {
    await truncate(folder.file("t.txt"), Buffer.byteLength(handsText(1, 3)) + 50);
    await folder.untilLook(({ replaced }) => replaced);
    await folder.append("t.txt", `\n\n${handText(6)}`);
    await folder.expectHands(ids(1, 6));
  });

  it("by rotation is both", async () => {
    await rename(folder.file("t.txt"), folder.file("t.1.txt"));
    await folder.write("t.txt", handsText(6, 8));
    await folder.append("t.1.txt", handText(9));
    await folder.expectHands(ids(1, 9));
  });

  it("by another file taking its name, of the same length, is read", async () => {
    await folder.write("new", handsText(1, 5, { table: 2 }));
    await rename(folder.file("new"), folder.file("t.txt"));
    await folder.expectHands([...ids(1, 5), ...ids(1, 5, 2)]);
  });

  it("by being written over in place, with the same length and the same first hand, is read", async () => {
    const other = Buffer.from(handText(1) + handsText(2, 5, { table: 2 }));
    expect(other.length).toBe(Buffer.byteLength(handsText(1, 5)));
    const file = await open(folder.file("t.txt"), "r+");
    await file.write(other, 0, other.length, 0);
    await file.close();
    await folder.expectHands([...ids(1, 5), ...ids(2, 5, 2)]);
  });

  it("by being deleted and written again is read", async () => {
    await rm(folder.file("t.txt"));
    await folder.write("t.txt", handsText(6, 7));
    await folder.expectHands(ids(1, 7));
  });

  it("by getting another name gives no hand twice, and goes on", async () => {
    await rename(folder.file("t.txt"), folder.file("renamed.txt"));
    await folder.append("renamed.txt", handText(6));
    await folder.expectHands(ids(1, 6));
  });
});

describe("a file that changes while it is read", () => {
  it("is read as it was and as it is", async () => {
    await folder.write("t.txt", handsText(1, 900));
    const other = handsText(1, 900, { table: 2 });
    let isWritten = false;
    await folder.watch({
      services: (real) => ({
        ...real,
        store: {
          marks: (paths) => real.store.marks(paths),
          store: async (batch) => {
            if (!isWritten) {
              isWritten = true;
              const file = await open(folder.file("t.txt"), "r+");
              await file.write(other, 0);
              await file.close();
            }
            return real.store.store(batch);
          },
        },
      }),
    });
    const after = new Set(ids(1, 900, 2));
    const before = new Set(ids(1, 900));
    let stored = await folder.handIds();
    while (stored.filter((id) => after.has(id)).length < 900) {
      await folder.stored.more(1);
      stored = await folder.handIds();
    }
    // What was read before it was written over is there too; where the two met, nothing is made up.
    expect(stored.every((id) => before.has(id) || after.has(id))).toBe(true);
    expect(stored.some((id) => before.has(id))).toBe(true);
    expect(new Set(stored).size).toBe(stored.length);
    await folder.untilLook(({ replaced }) => replaced);
  });
});

describe("a watcher that starts again", () => {
  it("goes on where the last one stopped, and finds what came meanwhile", async () => {
    await folder.write("t.txt", handsText(1, 400));
    const first = await folder.watch();
    await folder.expectHands(ids(1, 400));
    await first.close();
    await folder.append("t.txt", handsText(401, 402));
    await folder.write("u.txt", handsText(1, 1, { table: 2 }));
    folder.looks.length = 0;
    await folder.watch();
    await folder.expectHands([...ids(1, 402), ...ids(1, 1, 2)]);
    const added = handsText(401, 402) + handsText(1, 1, { table: 2 });
    await vi.waitFor(() => {
      const read = folder.looks.reduce((sum, look) => sum + look.read, 0);
      expect(read).toBe(Buffer.byteLength(added));
    }, TOLD);
  });

  it("reads a file anew that was replaced meanwhile", async () => {
    await folder.write("t.txt", handsText(1, 5));
    const first = await folder.watch();
    await folder.expectHands(ids(1, 5));
    await first.close();
    await folder.write("t.txt", handsText(3, 12));
    await folder.watch();
    await folder.expectHands(ids(1, 12));
  });
});

describe("two watchers of one folder", () => {
  it("store each hand once between them", async () => {
    await folder.watch();
    await folder.watch();
    for (let n = 1; n <= 60; n++) await folder.append("t.txt", handText(n));
    await folder.expectHands(ids(1, 60));
  });
});

describe("a folder", () => {
  it("that is not there yet is watched when it comes", async () => {
    const later = join(folder.path, "not/yet");
    await folder.watch({ folder: later });
    await mkdir(later, { recursive: true });
    await writeFile(join(later, "t.txt"), handText(1));
    await folder.expectHands(ids(1, 1));
    await appendFile(join(later, "t.txt"), handText(2));
    await folder.expectHands(ids(1, 2));
  });

  it("that goes and comes again is watched again", async () => {
    const own = folder.file("own");
    await mkdir(own);
    await folder.watch({ folder: own });
    await writeFile(join(own, "t.txt"), handText(1));
    await folder.expectHands(ids(1, 1));
    await rm(own, { recursive: true });
    await mkdir(own);
    await writeFile(join(own, "t.txt"), handText(2));
    await folder.expectHands(ids(1, 2));
    await appendFile(join(own, "t.txt"), handText(3));
    await folder.expectHands(ids(1, 3));
  });
});

describe("what stands in the way", () => {
  it("things that are no files, named as if they were: what is a file is read", async () => {
    for (const pipe of ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"])
      execFileSync("mkfifo", [folder.file(pipe)]);
    await mkdir(folder.file("folder.txt"));
    await symlink(folder.path, folder.file("folder.txt/loop"));
    await symlink(folder.file("nowhere"), folder.file("dangling.txt"));
    await mkdir(Buffer.concat([Buffer.from(`${folder.path}/no text `), Buffer.from([0xff])]));
    await writeFile(
      Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from([0xfe]), Buffer.from(".txt")]),
      handsText(90, 91),
    );
    await folder.write("folder.txt/t.txt", handsText(1, 3));
    await folder.write("z.txt", handsText(4, 6));
    await folder.watch();
    await folder.expectHands(ids(1, 6));
    await folder.append("z.txt", handText(7));
    await folder.expectHands(ids(1, 7));
    // Nobody stands waiting at a pipe: a file can be opened, and the watcher be closed.
    expect(await readFile(folder.file("z.txt"), "utf8")).toContain("Winamax");
  });

  it("a file without the permission to read it is tried again, and the others are read", async () => {
    let isForbidden = true;
    await folder.write("a.txt", handsText(1, 2));
    await folder.write("b.txt", handsText(1, 2, { table: 2 }));
    await folder.watch({
      services: (real) => ({
        ...real,
        open: async (path) => {
          if (isForbidden && path.endsWith("a.txt"))
            throw Object.assign(new Error("forbidden"), { code: "EACCES" });
          return open(path, "r");
        },
      }),
    });
    await folder.expectHands(ids(1, 2, 2));
    isForbidden = false;
    await folder.expectHands([...ids(1, 2), ...ids(1, 2, 2)]);
    expect(folder.warnings).toHaveLength(1);
  });

  it("a lock: the file is tried again until it is gone", async () => {
    let locked = 3;
    await folder.write("t.txt", handsText(1, 2));
    await folder.watch({
      services: (real) => ({
        ...real,
        open: async (path) => {
          if (locked-- > 0) throw Object.assign(new Error("busy"), { code: "EBUSY" });
          return open(path, "r");
        },
      }),
    });
    await folder.expectHands(ids(1, 2));
    expect(folder.warnings).toEqual([
      `${folder.file("t.txt")} cannot be read now and is tried again`,
    ]);
  });

  it("a database that is away, before and after the commit: each hand is stored once", async () => {
    let calls = 0;
    await folder.write("t.txt", handsText(1, 600));
    await folder.watch({
      services: (real) => ({
        ...real,
        store: {
          marks: (paths) => real.store.marks(paths),
          store: async (batch) => {
            const call = ++calls;
            if (call === 1 || call === 3) throw new Error("the database is away");
            const stored = await real.store.store(batch);
            if (call === 2 || call === 5) {
              // It was committed, and nobody heard.
              for (const _ of stored.stored) folder.stored.add();
              throw new Error("the answer is lost");
            }
            return stored;
          },
        },
      }),
    });
    await folder.expectHands(ids(1, 600));
    expect(calls).toBeGreaterThanOrEqual(5);
  });

  it("bytes that are no history: what follows is read", async () => {
    const noise = Buffer.from(Array.from({ length: 200_000 }, (_, n) => (n * n * 31 + n) % 256));
    await folder.write("t.txt", noise);
    await folder.append("t.txt", `\n\n${handsText(1, 2)}`);
    await folder.watch();
    await folder.expectHands(ids(1, 2));
  });

  it("a line of 100 MB: what follows is read, in constant memory", async () => {
    const file = await open(folder.file("t.txt"), "w");
    await file.write(handText(1));
    const megabyte = Buffer.alloc(1 << 20, "x");
    for (let n = 0; n < 100; n++) await file.write(megabyte);
    await file.write(`\n${handsText(2, 3)}`);
    await file.close();
    const before = process.memoryUsage().rss;
    await folder.watch();
    await folder.expectHands(ids(1, 3));
    expect(process.memoryUsage().rss - before).toBeLessThan(64 << 20);
  });

  it("a hand that is wrong: it is told of with its line, and the others are stored", async () => {
    const wrong = handText(2).replace("collected 0.22€", "collected 0.23€");
    await folder.write("t.txt", handText(1) + wrong + handText(3));
    await folder.watch();
    await folder.expectHands([handId(1), handId(3)]);
    await vi.waitFor(
      () =>
        expect(folder.log).toEqual([
          expect.stringMatching(/t\.txt:\d+: winamax:7000001-2-1700000002 is refused: /),
        ]),
      TOLD,
    );
  });

  it("a hand that the database does not take: the others are stored, and the file goes on", async () => {
    await folder.write("t.txt", handsText(1, 5));
    await folder.watch({
      services: (real) => ({
        ...real,
        count: (hand) =>
          real
            .count(hand)
            .map((one) => (hand.handId === handId(4) ? { ...one, player: "a\0b" } : one)),
      }),
    });
    await folder.expectHands([...ids(1, 3), handId(5)]);
    await vi.waitFor(
      () =>
        expect(folder.log).toEqual([
          expect.stringMatching(/winamax:7000001-4-1700000004 is refused: the database does not/),
        ]),
      TOLD,
    );
    await folder.append("t.txt", handText(6));
    await folder.expectHands([...ids(1, 3), ...ids(5, 6)]);
  });
});
