import { UserError } from '../errors.ts';
import { openOutput } from '../lookup/open-output.ts';
import { placeText } from '../lookup/places.ts';
import { outputReader } from '../lookup/read-output.ts';
import { type RecommendationKind, recommendationKinds } from '../questions/recommendations/kinds.ts';
import type { Recommendation } from '../questions/recommendations/schema.ts';
import { plainText, visible } from '../text.ts';
import { defineCommand } from './command.ts';
import { dirOption, jsonOption } from './look-up-options.ts';

const defaultLimit = 5;
const longestText = 300;

export const command = defineCommand({
  name: 'recommend',
  usage: '[--kind KINDS] [--limit N] [--json] [--dir DIR]',
  description: `
What to change in the configuration: tools to add and to remove, what is insecure or renamed, what fails for a known
cause, what is declared twice. Each with its evidence, how sure it is (docs/recommendations.md defines it), and the
command that prints the edit with its proof. Changes nothing.

Reads the output of the last rebuild; asks neither Nix nor the network. Exit status 0, also without a recommendation.`,
  options: {
    kind: {
      type: 'string',
      value: 'KINDS',
      help: `only these, separated by commas: ${recommendationKinds.join(', ')}`,
    },
    limit: { type: 'string', value: 'N', help: `at most N (default: ${defaultLimit}; with --json: all)` },
    ...jsonOption,
    ...dirOption,
  },
  async run({ values, positionals }) {
    if (positionals.length > 0) {
      throw new UserError('usage', `expected no argument, got \`${visible(positionals.join(' '))}\``, {
        hint: 'nixos-intelligence recommend --help',
      });
    }
    const kinds = kindsFrom(values.kind);
    const limit = limitFrom(values.limit) ?? (values.json ? Number.POSITIVE_INFINITY : defaultLimit);
    const output = outputReader(values.dir);
    // Says whether the checkout has changed since.
    if (output.has('source')) await openOutput(values.dir);
    const all = output.read('recommendations').recommendations.filter(({ kind }) => kinds.includes(kind));
    const recommendations = all.slice(0, limit);
    if (values.json) process.stdout.write(`${JSON.stringify({ recommendations }, null, 2)}\n`);
    else if (all.length === 0) process.stdout.write('nothing to recommend\n');
    else {
      for (const one of recommendations) process.stdout.write(textOf(one));
      const rest = all.length - recommendations.length;
      if (rest > 0) process.stdout.write(`${rest} more: --limit ${all.length}\n`);
    }
    return 0;
  },
});

function textOf({ kind, text, change, confidence, evidence, unless }: Recommendation): string {
  const places = evidence.map(({ file, pointer, source }) =>
    source === undefined ? `${file}#${pointer}` : placeText(source),
  );
  return [
    `${kind}: ${plainText(text, longestText)}`,
    ...(change === null ? [] : [change]),
    `confidence ${confidence}, unless ${unless}`,
    `evidence: ${[...new Set(places)].map((place) => plainText(place, longestText)).join(', ')}`,
  ]
    .map((line, index) => `${index === 0 ? '' : '  '}${line}\n`)
    .join('');
}

function kindsFrom(text: string | undefined): readonly RecommendationKind[] {
  if (text === undefined) return recommendationKinds;
  const names = text.split(',');
  const wanted = recommendationKinds.filter((kind) => names.includes(kind));
  if (wanted.length !== new Set(names).size) {
    throw new UserError(
      'usage',
      `--kind: expected some of ${recommendationKinds.join(', ')}, got \`${visible(text)}\``,
    );
  }
  return wanted;
}

function limitFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text)) {
    throw new UserError('usage', `--limit: expected a number from 1, got \`${visible(text)}\``);
  }
  return Number(text);
}
