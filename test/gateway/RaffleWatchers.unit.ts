import { expect, test } from "vitest";
import { clusterWatchers, reportWatchers } from "../../src/gateway/RaffleWatchers.ts";
import { FakeCluster } from "./support/FakeCluster.ts";

const own = new Map([
  ["harbour", 5],
  ["lake", 1],
]);

test("a process reports all of its watchers, by raffle for the most watched", () => {
  expect(reportWatchers(own)).toEqual({ total: 6, byEntity: { harbour: 5, lake: 1 } });
  const many = new Map(Array.from({ length: 1000 }, (_, index) => [`r${index}`, index + 1]));
  const { byEntity, total } = reportWatchers(many);
  expect(total).toBe(500_500);
  expect(Object.keys(byEntity)).toHaveLength(500);
  expect(Math.min(...Object.values(byEntity))).toBe(501);
});

test("the cluster's are this process's now and those that the others reported", () => {
  const cluster = new FakeCluster();
  expect(clusterWatchers(own, cluster)).toEqual({
    total_connections: 9,
    connections_by_raffle: { harbour: 7, lake: 1, other: 1 },
  });
  cluster.otherState = "silent";
  const alone = {
    total_connections: 6,
    connections_by_raffle: { harbour: 5, lake: 1 },
  };
  expect(clusterWatchers(own, cluster)).toEqual(alone);
  expect(clusterWatchers(own, undefined)).toEqual(alone);
});

test("a process of a release that reports none counts as none", () => {
  const cluster = new FakeCluster();
  const reports = cluster.reports().map(({ watchers: _, ...report }) => report);
  Object.assign(cluster, { reports: () => reports });
  expect(clusterWatchers(own, cluster).total_connections).toBe(6);
});
