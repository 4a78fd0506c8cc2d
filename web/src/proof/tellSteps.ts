import type { StepNews } from "./useSteps.ts";

/** The worker's side: does the steps off the page's thread and sends each as it is done. */
export function tellSteps<Evidence, Step>(steps: (evidence: Evidence) => Iterable<Step>): void {
  const tell = (news: StepNews<Step>) => postMessage(news);
  addEventListener("message", ({ data }: MessageEvent<Evidence>) => {
    for (const step of steps(data)) tell({ step });
    tell({ isDone: true });
  });
}
