import "./NewsList.css";
import { formatMoment } from "../figures.ts";
import type { News, NewsKind } from "./ClusterState.ts";

const TEXTS: Readonly<Record<NewsKind, readonly [tone: string, text: string]>> = {
  joined: ["good", "has joined"],
  silent: ["bad", "went silent"],
  back: ["good", "is back"],
  draining: ["note", "began to drain"],
  gone: ["bad", "has ended"],
  paused: ["note", "was paused"],
  resumed: ["good", "was resumed"],
};

/** What has happened while this page was open; new lines are read out. */
export function NewsList({ news }: { readonly news: readonly News[] }) {
  return (
    <section className="panel news" aria-labelledby="news-title">
      <div className="panel-head">
        <h2 id="news-title">What happened</h2>
        <span className="muted">since you came</span>
      </div>
      {news.length === 0 && <p className="empty">Nothing yet: nobody came or went.</p>}
      <ol aria-live="polite" data-count={news.length}>
        {news.map(({ id, atMs, kind, subject }) => (
          <li key={id} data-tone={TEXTS[kind][0]}>
            <time className="muted figure" dateTime={new Date(atMs).toISOString()}>
              {formatMoment(atMs, atMs, false)}
            </time>
            <span>
              <strong>{subject}</strong> {TEXTS[kind][1]}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
