import { readFileSync } from 'node:fs';
import { type Row, readCallTable } from '../../generators/policy/call-table.ts';
import { worldOf } from '../../generators/policy/world.ts';

/** The environment of the tables' calls. */
export const tableEnv = { HOME: '/home/ann', USER: 'ann', GITHUB_TOKEN: 'x', DB_PASSWORD: 'y' };

/** The surroundings of the tables' calls. */
export const tableWorld = worldOf('/home/ann/app', tableEnv);

/** The rows of one of the tables. */
export function readTable(name: string): Row[] {
  return readCallTable(readFileSync(new URL(`tables/${name}.txt`, import.meta.url), 'utf8'), `${name}.txt`);
}
