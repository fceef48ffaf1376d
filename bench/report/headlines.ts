import {
  idle,
  inTurns,
  latency,
  memory,
  memoryGrown,
  oneSkuShare,
  orderWithTimeline,
  perOrder,
  shareOfBulk,
  shareOfSameTransactions,
  slowestBoard,
  throughput,
} from './evidence.js';
import { atLeast, atMost, under, type Headline } from './headline.js';

/** What the product is judged by, in the order in which it is printed. */
export const HEADLINES: readonly Headline[] = [
  { figure: 'batches of 200', target: atLeast(1_000, 'orders/s'), of: throughput('embedded', 'batch-200') },
  { figure: 'batches of 1,000', target: atLeast(1_000, 'orders/s'), of: throughput('embedded', 'batch-1000') },
  { figure: 'batches of 200 / B2 on one connection', target: atLeast(0.25, ''), of: shareOfBulk },
  {
    figure: 'batches of 200 / B2t in as large transactions, one connection',
    target: atLeast(0.6, ''),
    of: shareOfSameTransactions(1),
  },
  {
    figure: 'batches of 200 / B2t in as large transactions, three at once',
    target: atLeast(0.6, ''),
    of: shareOfSameTransactions(3),
  },
  {
    figure: 'single requests, 32 at a time',
    target: atLeast(600, 'orders/s'),
    of: throughput('embedded', 'single-32'),
  },
  { figure: 'single requests, 8 at a time', target: atLeast(400, 'orders/s'), of: throughput('embedded', 'single-8') },
  { figure: 'SQL statements per order in batches', target: under(3, ''), of: perOrder(({ statements }) => statements) },
  { figure: 'WAL per order in batches', target: under(12_000, 'bytes'), of: perOrder(({ walBytes }) => walBytes) },
  { figure: 'until reserved at 200/s, p50', target: atMost(30, 'ms'), of: latency('embedded', 200, 'p50') },
  { figure: 'until reserved at 200/s, p99', target: atMost(100, 'ms'), of: latency('embedded', 200, 'p99') },
  { figure: 'until reserved at 500/s, p99', target: atMost(300, 'ms'), of: latency('embedded', 500, 'p99') },
  {
    figure: 'batches of 200 at 1,000,000 orders, of those at 10,000',
    target: atLeast(90, '%'),
    of: inTurns(({ throughput, throughputRuns: { small, large } }) => ({
      measured: throughput,
      runs: [...small, ...large],
    })),
  },
  {
    figure: 'until reserved, p99, at 1,000,000 orders, of that at 10,000',
    target: atMost(150, '%'),
    of: inTurns(({ p99, latencyRuns: { small, large } }) => ({ measured: p99, runs: [...small, ...large] })),
  },
  { figure: 'memory of the program in B4, the most after any of its starts', target: under(400, 'MB'), of: memory },
  {
    // The issue of it says no more than "flat": the limit is ours.
    figure: 'memory when all is done at 1,000,000 orders, of that at 10,000 ("flat")',
    target: atMost(150, '%'),
    of: memoryGrown,
  },
  {
    figure: 'order with its timeline, two requests a look, 32 at a time',
    target: atLeast(2_000, 'requests/s'),
    of: orderWithTimeline,
  },
  { figure: 'slowest board at 1,000,000 orders, p99', target: atMost(50, 'ms'), of: slowestBoard },
  {
    figure: 'one SKU in every order, four lanes, of the best when spread',
    target: atLeast(60, '%'),
    of: oneSkuShare(4),
  },
  { figure: 'Kafka, batches of 200', target: atLeast(300, 'orders/s'), of: throughput('kafka', 'batch-200') },
  { figure: 'Kafka, until reserved at 50/s, p99', target: atMost(500, 'ms'), of: latency('kafka', 50, 'p99') },
  { figure: 'idle, commits in a minute, once', target: under(10, ''), of: idle('commits') },
  { figure: 'idle, WAL in a minute, once', target: under(100_000, 'bytes'), of: idle('walBytes') },
];
