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

test.each([
  ['goose', 'https://pressly.github.io/goose/', []],
  ['goose', 'https://block.github.io/goose/', ['goose-cli']],
  ['amp', 'https://amp.rs', []],
  ['copilot', 'https://github.com/aws/copilot-cli', []],
])('a program of the same name: %s of %s', (command, homepage, expected) => {
  const other = samplePackage({ name: 'other', mainProgram: command, homepage });
  expect(installedAgents({ evaluated: sampleEvaluated({ packages: [other] }) }, defaultSettings)).toEqual(expected);
});
