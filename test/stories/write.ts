// Writes the snapshots of the shipped example: node test/run-typescript.mjs test/stories/write.ts
import { fileURLToPath } from 'node:url';
import { laptop } from './laptop.ts';
import { takeSnapshots } from './take-snapshots.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
await takeSnapshots(laptop, `${project}generators/example/snapshots`);
