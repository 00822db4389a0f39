// Writes what the stories give: the snapshots of the shipped example and of the server, and the input of the large
// golden host.
//   npm run stories
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { harbor } from './harbor.ts';
import { laptop } from './laptop.ts';
import { takeSnapshots } from './take-snapshots.ts';
import { workstation, workstationEvidence } from './workstation.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const input = `${project}test/golden/workstation/input`;
await takeSnapshots(harbor, `${project}test/golden/server/input/snapshots`);
await takeSnapshots(laptop, `${project}generators/example/snapshots`);
mkdirSync(input, { recursive: true });
for (const [file, data] of Object.entries(workstationEvidence)) {
  writeFileSync(`${input}/${file}`, `${JSON.stringify(data, null, 1)}\n`);
}
await takeSnapshots(workstation, `${input}/snapshots`);
