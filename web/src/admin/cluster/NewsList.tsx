import "./NewsList.css";
import { useAdminText } from "../texts/useAdminText.ts";
import { useFigures } from "../useFigures.ts";
import type { News, NewsKind } from "./ClusterState.ts";

const TONES: Readonly<Record<NewsKind, "good" | "bad" | "note">> = {
  joined: "good",
  silent: "bad",
  back: "good",
  draining: "note",
  gone: "bad",
  paused: "note",
  resumed: "good",
};

/** What has happened while this page was open; new lines are read out. */
export function NewsList({ news }: { readonly news: readonly News[] }) {
  const { t } = useAdminText();
  const figures = useFigures();
  return (
    <section className="panel cluster-news" aria-labelledby="news-title">
      <div className="panel-head">
        <h2 id="news-title">{t("cluster.news.title")}</h2>
        <span className="muted">{t("cluster.news.since")}</span>
      </div>
      {news.length === 0 && <p className="empty">{t("cluster.news.nothing")}</p>}
      <ol aria-live="polite" data-count={news.length}>
        {news.map(({ id, atMs, kind, subject }) => (
          <li key={id} data-tone={TONES[kind]}>
            <time className="muted figure" dateTime={new Date(atMs).toISOString()}>
              {figures.clock(atMs, atMs)}
            </time>
            <span>
              <strong>{subject}</strong> {t(`cluster.news.${kind}`)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
