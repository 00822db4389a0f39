import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openCheckout } from '../../../generators/lookup/diagnose/checkout.ts';
import { diagnose } from '../../../generators/lookup/diagnose/diagnose.ts';
import { diagnosisAnswer } from '../../../generators/lookup/diagnose/diagnosis-json.ts';
import { diagnosisText } from '../../../generators/lookup/diagnose/diagnosis-text.ts';
import { lastChange } from '../../../generators/lookup/diagnose/line-history.ts';
import { openIndex } from '../../../generators/lookup/diagnose/open-index.ts';
import { sinceLastBuild } from '../../../generators/lookup/diagnose/since-last-build.ts';
import { nixpkgsColumns } from '../../../generators/lookup/index/nixpkgs-columns.ts';
import { optionColumns } from '../../../generators/lookup/index/options-table.ts';
import { writeTable } from '../../../generators/lookup/index/table.ts';
import { plant } from '../../tree.ts';
import { broken, type Edit, laptop } from './laptop.ts';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'diagnose-index-')));
afterAll(() => rmSync(top, { recursive: true }));

const revision = 'a'.repeat(40);
const lockOf = (rev: string) =>
  JSON.stringify({ root: 'root', nodes: { root: { inputs: { nixpkgs: 'nixpkgs' } }, nixpkgs: { locked: { rev } } } });

function row<Column extends string>(columns: readonly Column[], cells: Partial<Record<Column, string>>) {
  return { ...(Object.fromEntries(columns.map((column) => [column, ''])) as Record<Column, string>), ...cells };
}

let count = 0;
let checkout = '';
let dir = '';

beforeEach(() => {
  count += 1;
  checkout = join(top, `checkout-${count}`);
  dir = join(top, `output-${count}`);
  const flake = { used: true, checkout, attribute: 'laptop', inputs: [{ name: 'nixpkgs', revision, lastModified: 1 }] };
  const files = Object.entries(laptop).map(([file, text]) => ({
    file,
    bytes: Buffer.byteLength(text),
    hash: createHash('sha256').update(text).digest('hex').slice(0, 16),
    hosts: [],
    lists: [],
  }));
  const options = [
    row(optionColumns, { name: 'home.packages', scope: 'home', type: 'list of package' }),
    row(optionColumns, { name: 'programs.zsh.oh-my-zsh.enable', scope: 'home', type: 'boolean' }),
    row(optionColumns, { name: 'programs.zsh.ohMyZsh.enable', scope: 'system', type: 'boolean' }),
    row(optionColumns, { name: 'services.displayManager.gdm.enable', scope: 'system', type: 'boolean' }),
    row(optionColumns, { name: 'services.tailscale.enable', scope: 'system', type: 'boolean', example: 'true' }),
  ];
  const renamed = [
    { name: 'services.xserver.displayManager.gdm', scope: 'system', to: 'services.displayManager.gdm', message: null },
    { name: 'hardware.pulse', scope: 'system', to: null, message: 'Use PipeWire.' },
  ];
  plant(checkout, { ...laptop, 'flake.lock': lockOf(revision) });
  plant(dir, {
    'intelligence/options.tsv': writeTable(optionColumns, options),
    'intelligence/renamed.json': JSON.stringify({ schemaVersion: 1, options: renamed }),
    'intelligence/source.json': JSON.stringify({ schemaVersion: 1, platform: 'nixos', host: 'laptop', flake, files }),
    'intelligence-nixpkgs/packages.tsv': writeTable(nixpkgsColumns, [
      row(nixpkgsColumns, { attribute: 'ripgrep', name: 'ripgrep' }),
      row(nixpkgsColumns, { attribute: 'ripgrep-all', name: 'ripgrep-all' }),
    ]),
  });
});

const services = 'modules/services.nix';
const enable = 'services.tailscale.enable';

async function answerOf(message: string, edits: readonly Edit[]) {
  plant(checkout, broken(edits));
  const [opened, index] = [openCheckout(checkout), openIndex(dir)];
  const output = `error: ${message.replaceAll('SOURCE', checkout)}`;
  return diagnosisAnswer(diagnose(output.split('\n'), opened, index), opened, index);
}

const unknown = (option: string) =>
  `The option \`${option}' does not exist. Definition values:\n       - In \`SOURCE/${services}': true\n\n       Did you mean \`nothing'?`;

describe('advice from the index', () => {
  test.each([
    ['services.xserver.displayManager.gdm', '.enable', 'renamed: use `services.displayManager.gdm.enable`'],
    ['hardware.pulse', '.enable', 'removed: Use PipeWire.'],
    ['services.tailscal', '.enable', expect.stringMatching(/^similar: services\.tailscale\.enable\b/)],
    ['services.tailscale', '.enable', expect.stringMatching(/^NixOS had this option at the last rebuild/)],
  ])('%s', async (option, rest, advice) => {
    const { causes } = await answerOf(unknown(option), [[services, enable, `${option}${rest}`]]);
    expect(causes).toMatchObject([{ kind: 'unknown option', file: services, line: 10, advice: [advice] }]);
  });

  test('an option that the user sets by its former name', async () => {
    const option = 'services.displayManager.gdm.enable';
    const message = `A definition for option \`${option}' is not of type \`boolean'. Definition values:\n       - In \`/nix/store/${'d'.repeat(32)}-source/nixos/modules/gdm.nix': 3`;
    const { causes } = await answerOf(message, [[services, enable, 'services.xserver.displayManager.gdm.enable']]);
    expect(causes).toMatchObject([
      { kind: 'wrong type', file: services, line: 10, option: 'services.xserver.displayManager.gdm.enable' },
    ]);
  });

  test('an option that only the other level has', async () => {
    const option = 'programs.zsh.oh-my-zsh';
    const { causes } = await answerOf(unknown(option), [[services, enable, `${option}.enable`]]);
    expect(causes).toMatchObject([{ kind: 'home-manager option in NixOS', option: `${option}.enable` }]);
  });

  test('similar packages', async () => {
    const message = `attribute 'ripgrepp' missing\n       at SOURCE/home/me.nix:7:21:\n            7|   home.packages = [ pkgs.ripgrepp ];`;
    const { causes } = await answerOf(message, [['home/me.nix', 'pkgs.ripgrep', 'pkgs.ripgrepp']]);
    expect(causes[0]?.advice).toEqual(['similar packages: ripgrep, ripgrep-all']);
  });
});

test('what changed since the last build, by files and inputs', async () => {
  const opened = () => openCheckout(checkout);
  expect(await sinceLastBuild(opened(), openIndex(dir))).toMatchObject({ files: [], inputs: [] });
  plant(checkout, broken([[services, enable, 'services.tailscal.enable']]));
  writeFileSync(join(checkout, 'flake.lock'), lockOf('b'.repeat(40)));
  const since = await sinceLastBuild(opened(), openIndex(dir));
  expect(since).toMatchObject({
    files: [services],
    inputs: [{ name: 'nixpkgs', from: 'aaaaaaaaaaaa', to: 'bbbbbbbbbbbb' }],
  });
  const answer = {
    ...(await answerOf(unknown('services.tailscal'), [[services, enable, 'services.tailscal.enable']])),
    sinceLastBuild: { files: [services] },
  };
  expect(diagnosisText(answer)).toMatchInlineSnapshot(`
    "modules/services.nix:10: unknown option: The option \`services.tailscal' does not exist. (\`services.tailscal.enable\`)
      similar: services.tailscale.enable, services.displayManager.gdm.enable
    changed since the last rebuild:
      modules/services.nix
    "
  `);
});

test('a folder that is named must have an index', () => {
  expect(() => openIndex(join(top, 'nowhere'))).toThrow('cannot read');
});

test('of a definition over several lines, the line that is not committed', async () => {
  const author = ['-c', 'user.name=Me', '-c', 'user.email=me@example.org'];
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    [...author, 'commit', '-qm', 'laptop'],
  ])
    execFileSync('git', args, { cwd: checkout });
  const message = `expected a set but found null: null`;
  const trace = `\n       … while evaluating the option \`services.openssh':\n\n       … while evaluating definitions from \`${checkout}/${services}':\n\n       error: ${message}`;
  const [before] = (await answerOf(trace, [])).causes;
  expect(before).toMatchObject({ file: services, line: 6 });
  const [after] = (await answerOf(trace, [[services, 'ports = [ 22 ]', 'ports = (null).x']])).causes;
  expect(after).toMatchObject({ file: services, line: 8, changed: { uncommitted: true } });
});

test('when a line last changed, and in which commit', async () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Me', '-c', 'user.email=me@example.org', ...args], {
      cwd: checkout,
      encoding: 'utf8',
      env: { ...process.env, GIT_COMMITTER_DATE: '2026-11-20T12:00:00Z' },
    });
  expect(await lastChange(checkout, services, 10)).toBeNull();
  git('init', '-q');
  expect(await lastChange(checkout, services, 10)).toEqual({ uncommitted: true });
  git('add', '-A');
  git('commit', '-qm', 'services: use tailscale');
  const commit = git('rev-parse', 'HEAD').slice(0, 12);
  expect(await lastChange(checkout, services, 10)).toEqual({
    commit,
    day: '2026-11-20',
    subject: 'services: use tailscale',
  });
  plant(checkout, broken([[services, enable, 'services.tailscal.enable']]));
  expect(await lastChange(checkout, services, 10)).toEqual({ uncommitted: true });
  expect(await lastChange(checkout, services, 9)).toEqual({
    commit,
    day: '2026-11-20',
    subject: 'services: use tailscale',
  });
  expect(await lastChange(checkout, services, 1000)).toBeNull();
});
