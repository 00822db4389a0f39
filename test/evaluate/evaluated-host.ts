import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * What the evaluated configuration states, read from its JSON as data, not through the generators: their readers are
 * what the evaluation judges.
 */
export interface EvaluatedHost {
  packages: {
    name: string;
    version: string | null;
    mainProgram: string | null;
    base: boolean;
    declarations: { list: string; file: string; line?: number; by: string | null }[];
  }[];
  options: { option: string; places: { file: string; line?: number }[] }[];
  host: { name: string | null; system: string; release: string | null };
  user: { name: string; shell: string | null; groups: string[] };
}

export function readEvaluatedHost(input: string): EvaluatedHost {
  return JSON.parse(readFileSync(`${input}/evaluated.json`, 'utf8'));
}

/** An order that has nothing to do with names, files or use, so that no choice of subjects suits the output. */
const hash = (text: string): string => createHash('sha1').update(text).digest('hex');

/** Packages that a file of the user names, in the order of a hash. */
export function sampledPackages({ packages }: EvaluatedHost): EvaluatedHost['packages'] {
  return packages
    .filter(({ base, declarations }) => !base && declarations.some(({ by }) => by === null))
    .sort((a, b) => (hash(a.name) < hash(b.name) ? -1 : 1));
}

/** Options that a file of the user enables, in the order of a hash. */
export function sampledOptions({ options }: EvaluatedHost): EvaluatedHost['options'] {
  return options
    .filter(({ places }) => places.some(({ file }) => !file.includes('source:') && !file.includes('inline')))
    .sort((a, b) => (hash(a.option) < hash(b.option) ? -1 : 1));
}

export const placeOf = ({ file, line }: { file: string; line?: number }): string =>
  line === undefined ? file : `${file}:${line}`;
