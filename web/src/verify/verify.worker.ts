/** Does the steps off the page's thread and sends each as it is done. */
import type { Step } from "./Step.ts";
import { verifySteps } from "./steps.ts";
import type { Evidence } from "./steps.ts";

export type WorkerNews = { readonly step: Step } | { readonly isDone: true };

const tell = (news: WorkerNews) => postMessage(news);

addEventListener("message", ({ data }: MessageEvent<Evidence>) => {
  for (const step of verifySteps(data)) tell({ step });
  tell({ isDone: true });
});
