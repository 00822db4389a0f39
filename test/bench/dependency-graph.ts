import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { analyzeDependencyGraph } from '../../generators/analyze/dependency-graph.ts';
import { findTargets } from '../../generators/dependencies/find-targets.ts';
import { loadGraph } from '../../generators/dependencies/read-graph.ts';
import { whyOf } from '../../generators/dependencies/why.ts';
import { dependencyGraph } from '../../generators/schema/dependency-graph.ts';
import { randomEvidence } from '../analyze/closure-evidence.ts';

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

interface Row {
  paths: number;
  milliseconds: number;
  megabytes: number;
  fileBytes: number;
  why: number;
}

/** Best of three: what else the machine does only ever adds. */
function best(task: () => unknown): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const start = performance.now();
      task();
      return performance.now() - start;
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
  const text = JSON.stringify(output, null, 2);
  const why = best(() => {
    const loaded = loadGraph(dependencyGraph.parse(JSON.parse(text)));
    whyOf(loaded, findTargets(loaded, 'some-package0').nodes);
  });
  return { paths: size.paths, milliseconds, megabytes, fileBytes: text.length + 1, why };
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

measure(sizes[0] as (typeof sizes)[number]); // the compiler of V8 has then seen the code
const rows = sizes.map(measure);
const [first] = rows as [Row];
console.log(
  'dependency graph, ten references a path: time and memory of the whole analysis, the file, one `why` over it',
);
for (const { paths, milliseconds, megabytes, fileBytes, why } of rows) {
  const growth = milliseconds / paths / (first.milliseconds / first.paths);
  console.log(
    `  ${String(paths).padStart(6)} paths  ${milliseconds.toFixed(0).padStart(5)} ms  ${megabytes.toFixed(0).padStart(4)} MB  ` +
      `per path ${growth.toFixed(2)} x that of ${first.paths}  file ${(fileBytes / 1e6).toFixed(2)} MB  why ${why.toFixed(0)} ms`,
  );
}
