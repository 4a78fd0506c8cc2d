/**
 * What each client was shown of a topic, over all its connections: changes one after the other without gap and repeat, or
 * a snapshot that is no older than what was seen before. A wallet's frames are each the whole balance, changes and
 * snapshots alike: they may leave out versions and say one twice, and never go back.
 */
import type { Find } from "./Finding.ts";
import type { Line, SeenFrame } from "./History.ts";

interface Place {
  /** The newest version seen, on any connection. */
  seen: number;
  /** The version that the present connection has shown everything up to; undefined until it has said so. */
  upTo: number | undefined;
}

export const checkStreams = (lines: ReadonlyArray<Line>, find: Find): void => {
  const streamOf = new Map<string, string>();
  const places = new Map<string, Place>();
  const topics = new Map<string, Set<string>>();
  const placeOf = (socket: string, topic: string): Place => {
    const stream = streamOf.get(socket) ?? socket;
    const name = `${stream}|${topic}`;
    let place = places.get(name);
    if (place === undefined) {
      place = { seen: -1, upTo: undefined };
      places.set(name, place);
      topics.set(stream, (topics.get(stream) ?? new Set()).add(name));
    }
    return place;
  };
  const bad = (socket: string, topic: string, sentence: string) =>
    find({
      promise: "a stream has no gap and no repeat",
      subject: `${topic} at ${streamOf.get(socket) ?? socket} (${socket})`,
      sentence,
    });
  const see = (frame: SeenFrame): void => {
    const { kind, socket, topic, version } = frame;
    const place = placeOf(socket, topic);
    const { seen, upTo } = place;
    if (version < seen) bad(socket, topic, `${kind} ${version} comes after ${seen}`);
    if (!topic.startsWith("wallet:") && kind === "change") {
      if (upTo === undefined) bad(socket, topic, `change ${version} comes before any snapshot`);
      else if (version <= upTo) bad(socket, topic, `change ${version} comes again, after ${upTo}`);
      else if (version > upTo + 1)
        bad(socket, topic, `change ${version} comes after ${upTo}: a gap`);
    } else if (kind === "sample" && upTo !== undefined && version > upTo)
      bad(socket, topic, `the present is told at ${version}, and changes only up to ${upTo}`);
    place.seen = Math.max(seen, version);
    if (kind !== "sample") place.upTo = version;
  };
  for (const line of lines) {
    if (line.type === "connected") {
      streamOf.set(line.socket, line.stream);
      for (const name of topics.get(line.stream) ?? []) {
        const place = places.get(name);
        if (place !== undefined) place.upTo = undefined;
      }
    }
    if (line.type === "joined" && line.after !== undefined)
      placeOf(line.socket, line.topic).upTo = line.after;
    if (line.type === "frame") see(line);
  }
};
