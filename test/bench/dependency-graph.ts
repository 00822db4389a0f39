import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { findTargets } from '../../generators/lookup/dependencies/find-targets.ts';
import { loadGraph } from '../../generators/lookup/dependencies/read-graph.ts';
import { whyOf } from '../../generators/lookup/dependencies/why.ts';
import { analyzeDependencyGraph } from '../../generators/questions/dependency-graph/analyze.ts';
import { dependencyGraph } from '../../generators/questions/dependency-graph/schema.ts';
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

const mostMilliseconds = 1000;
const mostGrowth = 3;

interface Row {
  paths: number;
  milliseconds: number;
  /** Against parsing the closure's JSON, which every run must do anyway. */
  timesParsing: number;
  megabytes: number;
  fileBytes: number;
  why: number;
}

/** Milliseconds of processor time, the best of five: what else the machine does only ever adds. */
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
  const output = analyzeDependencyGraph(evidence);
  const megabytes = (memory() - before) / 1e6;
  const milliseconds = best(() => analyzeDependencyGraph(evidence));
  const closure = JSON.stringify(evidence.closure);
  const timesParsing = milliseconds / best(() => JSON.parse(closure));
  const text = JSON.stringify(output, null, 2);
  const why = best(() => {
    const loaded = loadGraph(dependencyGraph.parse(JSON.parse(text)));
    whyOf(loaded, findTargets(loaded, 'some-package0').nodes);
  });
  return { paths: size.paths, milliseconds, timesParsing, megabytes, fileBytes: text.length + 1, why };
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

measure(sizes[0] as (typeof sizes)[number]); // the compiler of V8 has then seen the code
const rows = sizes.map(measure);
const [first] = rows as [Row];
console.log(
  'dependency graph, ten references a path: processor time and memory of the whole analysis, the file, one `why` over it',
);
for (const { paths, milliseconds, timesParsing, megabytes, fileBytes, why } of rows) {
  const growth = milliseconds / paths / (first.milliseconds / first.paths);
  console.log(
    `  ${String(paths).padStart(6)} paths  ${milliseconds.toFixed(0).padStart(5)} ms  ${megabytes.toFixed(0).padStart(4)} MB  ` +
      `${timesParsing.toFixed(1)} x parsing the closure  per path ${growth.toFixed(2)} x that of ${first.paths}  ` +
      `file ${(fileBytes / 1e6).toFixed(2)} MB  why ${why.toFixed(0)} ms`,
  );
  if (growth > mostGrowth || milliseconds > mostMilliseconds) process.exitCode = 1;
}
console.log(`  limits: ${mostMilliseconds} ms, ${mostGrowth} x`);
