import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { at } from '../../generators/at.ts';
import { findTargets } from '../../generators/lookup/dependencies/find-targets.ts';
import { loadGraph } from '../../generators/lookup/dependencies/load-graph.ts';
import { whyOf } from '../../generators/lookup/dependencies/why.ts';
import { analyzeClosureGraph } from '../../generators/questions/closure-graph/analyze.ts';
import { analyzeDependencyGraph } from '../../generators/questions/dependency-graph/analyze.ts';
import { randomEvidence } from '../questions/dependency-graph/closure-evidence.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const sizes = [1_000, 5_000, 10_000, 20_000].map((paths) => ({
  paths,
  edges: paths * 10,
  packages: Math.round(paths / 40),
  options: Math.round(paths / 200),
  base: Math.round(paths / 100),
  whole: true,
}));

const maxMilliseconds = 1000;
const maxGrowth = 3;

interface Row {
  paths: number;
  milliseconds: number;
  /** Relative to parsing the JSON of the closure, which every run has to do. */
  timesParsing: number;
  megabytes: number;
  /** Bytes of closure_graph.json. */
  graphBytes: number;
  why: number;
}

/** Milliseconds of processor time, the best of five: other work on the machine only adds time. */
function best(task: () => unknown): number {
  return Math.min(
    ...[1, 2, 3, 4, 5].map(() => {
      const start = process.cpuUsage();
      task();
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    }),
  );
}

function measure(size: (typeof sizes)[number]): Row {
  const evidence = randomEvidence(size.paths, size);
  collect();
  const before = memory();
  const figures = analyzeDependencyGraph(evidence);
  const megabytes = (memory() - before) / 1e6;
  const milliseconds = best(() => analyzeDependencyGraph(evidence));
  const closure = JSON.stringify(evidence.closure);
  const timesParsing = milliseconds / best(() => JSON.parse(closure));
  const graph = JSON.stringify(analyzeClosureGraph(evidence));
  const why = best(() => {
    const loaded = loadGraph({ ...figures, insights: [] }, JSON.parse(graph));
    whyOf(loaded, findTargets(loaded, 'some-package0').nodes);
  });
  return { paths: size.paths, milliseconds, timesParsing, megabytes, graphBytes: graph.length, why };
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

// The first run makes V8 compile the code.
measure(at(sizes, 0));
const rows = sizes.map(measure);
const first = at(rows, 0);
console.log(
  'dependency graph, ten references per path: processor time and memory of the analysis, closure_graph.json, one `why`',
);
for (const { paths, milliseconds, timesParsing, megabytes, graphBytes, why } of rows) {
  const growth = milliseconds / paths / (first.milliseconds / first.paths);
  console.log(
    `  ${String(paths).padStart(6)} paths  ${milliseconds.toFixed(0).padStart(5)} ms  ${megabytes.toFixed(0).padStart(4)} MB  ` +
      `${timesParsing.toFixed(1)} x parsing the closure  per path ${growth.toFixed(2)} x that of ${first.paths}  ` +
      `graph ${(graphBytes / 1e6).toFixed(2)} MB  why ${why.toFixed(0)} ms`,
  );
  if (growth > maxGrowth || milliseconds > maxMilliseconds) process.exitCode = 1;
}
console.log(`  limits: ${maxMilliseconds} ms, ${maxGrowth} x`);
