import type { Evidence } from '../../generators/evidence/evidence.ts';
import { defaultSettings } from '../../generators/evidence/settings.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { sampleCommands, sampleEvaluated } from '../sample-evidence.ts';

/** The secrets that a snapshot, or any file of the output made with it, has in it. */
export function leaked(secrets: readonly string[], snapshot: Partial<Evidence>): string[] {
  const evaluated = sampleEvaluated();
  const evidence = { evaluated, commands: sampleCommands(evaluated), ...snapshot };
  const { files } = buildOutput({ evidence, settings: defaultSettings, inputs: [], missing: [], rejected: [] });
  const texts = [JSON.stringify(snapshot), ...files.keys(), ...files.values()].map((text) => text.toLowerCase());
  return secrets.filter((secret) => texts.some((text) => text.includes(secret.toLowerCase())));
}

/**
 * Made-up secrets and private names that no list of public tools has: tokens, names of persons, hosts, customers and
 * projects. They are words that may stand as a name in any file (letters, digits, `-`, `_`), the same at every run.
 */
export function secretsOf(source: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const shape = shapes[index % shapes.length] ?? '';
    return shape.replace('%', code(`${source}${index}`));
  });
}

const shapes = [
  'ghp_%',
  'sk-live-%',
  'kundenprojekt-%',
  'anna-mueller-%',
  'db01-prod-%',
  'hunter2%',
  'AKIA%',
  'acme-internal-%',
  'geheim_%',
  'xoxb-%',
];

/** Letters and digits that depend on the text alone. */
function code(text: string): string {
  let state = 7;
  for (const character of text) state = (state * 31 + character.charCodeAt(0)) % 2_147_483_647;
  return Array.from({ length: 10 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return 'bcdfghjkmnpqrtvwxz23456789'[state % 26];
  }).join('');
}
