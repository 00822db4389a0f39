import { expect, test } from 'vitest';
import { installedAgents } from '../../generators/evidence/installed-agents.ts';
import { defaultSettings } from '../../generators/evidence/settings.ts';
import { sampleEvaluated, samplePackage } from '../sample-evidence.ts';

const evaluated = sampleEvaluated({ packages: [samplePackage({ name: 'codex', mainProgram: 'codex' })] });

test.each<[string, Record<string, boolean>, string[]]>([
  ['by its package', {}, ['codex']],
  ['not, where the option says so', { codex: false }, []],
  ['without a package, where the option says so', { 'gemini-cli': true }, ['codex', 'gemini-cli']],
  ['only if there is something to link for it', { cursor: true }, ['codex']],
])('an agent counts as installed %s', (_, agents, expected) => {
  expect(installedAgents({ evaluated }, { ...defaultSettings, agents })).toEqual(expected);
});
