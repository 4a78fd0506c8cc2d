import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeMetrics, type Metrics } from "../../src/ops/Metrics.ts";

let metrics: Metrics;

beforeEach(() => {
  metrics = makeMetrics();
});

afterEach(() => metrics.close());

/** The samples of the text, by name and labels as Prometheus writes them. */
const samples = async () => {
  const lines = (await metrics.prometheusText()).split("\n");
  return new Map(
    lines
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => {
        const space = line.lastIndexOf(" ");
        return [line.slice(0, space), Number(line.slice(space + 1))];
      }),
  );
};

describe("prometheusText", () => {
  it("counts by label, cumulatively over scrapes", async () => {
    metrics.request("/bets", 201);
    metrics.request("/bets", 201);
    metrics.request("/bets", 422);
    metrics.command("wallet", "accepted");
    metrics.refused("betting_closed");
    metrics.framesSent("STATE_SYNC", 5000);
    await samples();
    metrics.request("/bets", 201);
    const counted = await samples();
    expect(counted.get('croupier_requests_total{route="/bets",status="201"}')).toBe(3);
    expect(counted.get('croupier_requests_total{route="/bets",status="422"}')).toBe(1);
    expect(counted.get('croupier_commands_total{entity="wallet",outcome="accepted"}')).toBe(1);
    expect(counted.get('croupier_refusals_total{code="betting_closed"}')).toBe(1);
    expect(counted.get('croupier_frames_sent_total{type="STATE_SYNC"}')).toBe(5000);
  });

  it("counts what players, payment providers and browsers were answered", async () => {
    metrics.reservation("reserve", "done");
    metrics.reservation("reserve", "number_taken");
    metrics.payment("wallet", "succeeded");
    metrics.webhook("sandbox_card", "forged");
    metrics.providerCall("stripe", "retryable");
    metrics.pushed("sent");
    metrics.observe("provider_circuit", () => [["stripe", 2]]);
    const counted = await samples();
    for (const name of [
      'reservations_total{act="reserve",outcome="done"}',
      'reservations_total{act="reserve",outcome="number_taken"}',
      'payments_total{provider="wallet",status="succeeded"}',
      'webhooks_total{provider="sandbox_card",verdict="forged"}',
      'provider_calls_total{provider="stripe",outcome="retryable"}',
      'push_notices_total{outcome="sent"}',
    ])
      expect(counted.get(`croupier_${name}`)).toBe(1);
    expect(counted.get('croupier_provider_circuit{provider="stripe"}')).toBe(2);
  });

  it("counts hands, equity questions and queries, and asks how much there is to do", async () => {
    metrics.hands("watch", "imported", 3);
    metrics.hands("watch", "imported", 2);
    metrics.equity("monte_carlo", "answered");
    metrics.query("query_too_long");
    metrics.observe("compute", () => [["chunks", 7]]);
    metrics.observe("hand_files", () => [["waiting", 1]]);
    const counted = await samples();
    expect(counted.get('croupier_hands_total{source="watch",outcome="imported"}')).toBe(5);
    const equity = 'croupier_equity_questions_total{method="monte_carlo",outcome="answered"}';
    expect(counted.get(equity)).toBe(1);
    expect(counted.get('croupier_queries_total{outcome="query_too_long"}')).toBe(1);
    expect(counted.get('croupier_compute{of="chunks"}')).toBe(7);
    expect(counted.get('croupier_hand_files{of="waiting"}')).toBe(1);
  });

  it("puts commits into buckets by size and by latency in seconds", async () => {
    metrics.committed(3, 4);
    metrics.committed(700, 40);
    const counted = await samples();
    expect(counted.get('croupier_commit_appends_bucket{le="2"}')).toBe(0);
    expect(counted.get('croupier_commit_appends_bucket{le="5"}')).toBe(1);
    expect(counted.get("croupier_commit_appends_sum")).toBe(703);
    expect(counted.get('croupier_commit_latency_seconds_bucket{le="0.003"}')).toBe(0);
    expect(counted.get('croupier_commit_latency_seconds_bucket{le="0.005"}')).toBe(1);
    expect(counted.get("croupier_commit_latency_seconds_count")).toBe(2);
  });

  it("shows that nothing was fenced, then how much was", async () => {
    expect((await samples()).get("croupier_fenced_appends_total")).toBe(0);
    metrics.fenced(4);
    expect((await samples()).get("croupier_fenced_appends_total")).toBe(4);
  });

  it("asks a gauge's owner at each scrape", async () => {
    let open = 1;
    metrics.observe("sockets", () => [["lobby", open]]);
    expect((await samples()).get('croupier_sockets{kind="lobby"}')).toBe(1);
    open = 0;
    expect((await samples()).get('croupier_sockets{kind="lobby"}')).toBe(0);
  });

  it("measures how late the event loop is", async () => {
    // A delay is seen at the timer after the stall, and the first timer after a scrape only takes the time.
    for (let stall = 0; stall < 5; stall += 1) {
      const until = performance.now() + 100;
      while (performance.now() < until);
      await new Promise(setImmediate);
    }
    const worst = (await samples()).get('croupier_event_loop_delay_seconds{quantile="1"}');
    expect(worst).toBeGreaterThan(0.05);
    expect(worst).toBeLessThan(5);
  });
});
