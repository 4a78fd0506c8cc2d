/**
 * Hands as they are recorded, over the entrance that needs no token (`/ws?client_name=`): also who stands at the door sees
 * them come. A connection that is lost is opened again; what came meanwhile is for the listener to read.
 */
import { isRecord } from "../http/request.ts";
import type { HandSummary } from "./handsView.ts";

export interface HandFeedEvents {
  readonly hand: (hand: HandSummary) => void;
  /** At each change. After `true` there may be hands that came before it. */
  readonly live: (isLive: boolean) => void;
}

/** Doubles with each failed attempt, up to the cap. */
const FIRST_WAIT_MS = 500;
const WAIT_CAP_MS = 8_000;
/** Heartbeats come every 30 s; without any message for so long the connection is lost. */
const SILENCE_MS = 45_000;

/** Returns what ends it. */
export function openHandFeed(url: string, { hand, live }: HandFeedEvents): () => void {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = FIRST_WAIT_MS;
  let isOver = false;

  const lost = (from: WebSocket): void => {
    if (isOver || from !== socket) return;
    socket = undefined;
    from.close();
    live(false);
    clearTimeout(timer);
    timer = setTimeout(connect, waitMs);
    waitMs = Math.min(waitMs * 2, WAIT_CAP_MS);
  };
  const connect = (): void => {
    const opened = new WebSocket(url);
    socket = opened;
    const listen = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => lost(opened), SILENCE_MS);
    };
    listen();
    opened.addEventListener("close", () => lost(opened));
    opened.addEventListener("message", ({ data }) => {
      if (isOver || opened !== socket) return;
      listen();
      const message = messageIn(data);
      if (message?.type === "connection_ack") {
        waitMs = FIRST_WAIT_MS;
        live(true);
      } else if (message?.type === "new_hand" && isHandSummary(message.data)) hand(message.data);
    });
  };
  connect();
  return () => {
    isOver = true;
    clearTimeout(timer);
    const last = socket;
    socket = undefined;
    // The browser complains of one that is closed before it is open.
    if (last?.readyState === WebSocket.CONNECTING)
      last.addEventListener("open", () => last.close(), { once: true });
    else last?.close();
  };
}

/** Of the page's own server. */
export function handFeedUrl(page: string): string {
  const url = new URL("/ws?client_name=console", page);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

function messageIn(text: unknown): { readonly type: unknown; readonly data: unknown } | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? { type: value["type"], data: value["data"] } : undefined;
  } catch {
    return undefined;
  }
}

const isHandSummary = (value: unknown): value is HandSummary =>
  isRecord(value) &&
  typeof value["hand_id"] === "string" &&
  typeof value["seq"] === "number" &&
  Array.isArray(value["board"]) &&
  Array.isArray(value["hero_cards"]);
