import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { explain } from '../lookup/explain/explain.ts';
import { openOutput } from '../lookup/open-output.ts';
import { placeText } from '../lookup/places.ts';
import { plainText } from '../text.ts';
import { defineCommand } from './command.ts';
import { dirOption, jsonOption } from './look-up-options.ts';

const shownClaims = 8;
const shownEvidence = 3;
const longestClaim = 160;

export const command = defineCommand({
  name: 'explain',
  usage: '[--all] [--json] [--dir DIR] TEXT',
  description: `
The evidence behind a tool, or behind a line of CLAUDE.md (TEXT is a part of it): each claim with the file of
intelligence/ and the place in it, the line of the configuration, and the commit.

Reads the output of the last rebuild; asks neither Nix nor the network. Exit status 1: nothing is known about it.`,
  options: {
    all: { type: 'boolean', help: 'every claim, in full' },
    ...jsonOption,
    ...dirOption,
  },
  completes: 'package',
  async run({ values, positionals }) {
    const subject = positionals.join(' ').trim();
    if (subject === '') throw new UserError('usage', 'expected a TEXT', { hint: 'nixos-intelligence explain --help' });
    const { folder, read } = await openOutput(values.dir);
    const explanation = explain(documentsIn(folder), read('context_evidence').lines, contextBeside(folder), subject);
    const { claims } = explanation;
    if (values.json) process.stdout.write(`${JSON.stringify(explanation, null, 2)}\n`);
    else if (claims.length === 0) process.stdout.write(`nothing is known about ${plainText(subject, 100)}\n`);
    else {
      for (const { text, evidence } of values.all ? claims : claims.slice(0, shownClaims)) {
        process.stdout.write(`${plainText(text, values.all ? 1000 : longestClaim)}\n`);
        if (evidence.length === 0) process.stdout.write('  the same on every machine\n');
        for (const { file, pointer, source, commit } of evidence.slice(0, values.all ? undefined : shownEvidence)) {
          const place = source === undefined ? '' : `, ${placeText(source)}`;
          process.stdout.write(`  ${file}#${pointer}${place}${commit === undefined ? '' : `, commit ${commit}`}\n`);
        }
      }
      const rest = claims.length - shownClaims;
      if (rest > 0 && !values.all) process.stdout.write(`${rest} more: --all\n`);
    }
    return claims.length > 0 ? 0 : 1;
  },
});

/** Graphs and the index are no claims. */
const noClaims = /^(?:context_evidence|closure_graph|manifest|renamed|source)\.json$/;

function documentsIn(folder: string): Map<string, unknown> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json') && !noClaims.test(name));
  return new Map(names.sort().map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8'))]));
}

/** CLAUDE.md beside `intelligence/`, or our own file where the user has a CLAUDE.md. */
function contextBeside(folder: string): string {
  const candidates = ['../rules/nixos-intelligence.md', '../CLAUDE.md'].map((path) => join(folder, path));
  return candidates
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}
