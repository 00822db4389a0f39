import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entrySource } from '../../../generators/evidence/entry-source.ts';
import { readEvidence } from '../../../generators/evidence/read-evidence.ts';
import { valueAt } from '../../../generators/json-pointer.ts';
import { type Claim, explain } from '../../../generators/lookup/explain/explain.ts';
import { buildOutput } from '../../../generators/output/build-output.ts';
import { plant } from '../../tree.ts';

const cli = fileURLToPath(new URL('../../../dist/cli.mjs', import.meta.url));
const golden = fileURLToPath(new URL('../../golden/', import.meta.url));
const hosts = readdirSync(golden).filter((name) => name !== 'schemas');

/** Lines that are the same on every machine, so that nothing of this one supports them. */
const general = [
  /^- For a single use, without installing: /,
  /^- Links into `\/nix\/store` /,
  /^- Look up options before you write them/,
  /^A hook enforces these; a blocked call returns the reason\.$/,
  /^- The user's own words: @CLAUDE-USER-POLICIES\.md$/,
  /^Each command prints an edit with its proof; ask the user before you apply one\.$/,
  /^Enabled by the configuration; `systemctl status` shows whether they run\.$/,
  /^- Made at every rebuild: changes to this file are lost\.$/,
];

describe.each(hosts)('%s', (host) => {
  const read = readEvidence(`${golden}${host}/input`);
  const { files } = buildOutput(read);
  const context = files.get('CLAUDE.md') ?? '';
  const documents = new Map(
    [...files]
      .filter(([path]) => /^intelligence\/[^/]+\.json$/.test(path))
      .map(([path, text]): [string, unknown] => [path.replace('intelligence/', ''), JSON.parse(text)]),
  );
  documents.set('evaluated.json', read.evidence.evaluated);
  const recorded: { lines: Claim[] } = JSON.parse(files.get('intelligence/context_evidence.json') ?? '');
  const lines = context.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

  test.each(lines)('%s', (line) => {
    const { claims } = explain(new Map(), recorded.lines, context, line);
    const [claim] = claims;
    expect(claim?.text).toBe(line);
    if (general.some((pattern) => pattern.test(line))) expect(claim?.evidence).toEqual([]);
    else expect(claim?.evidence).not.toEqual([]);
    for (const { file, pointer, source } of claim?.evidence ?? []) {
      const entry = valueAt(documents.get(file), pointer);
      expect(entry, `${file}#${pointer}`).toBeDefined();
      // The place that the entry records itself is the one that is named.
      const own = entrySource(entry).source;
      if (own !== undefined) expect(source).toEqual(own);
    }
  });
});

describe('the command on the example host', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'explain-'));
    plant(folder, Object.fromEntries(buildOutput(readEvidence(`${golden}example/input`)).files));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const explained = (text: string) =>
    spawnSync(process.execPath, [cli, 'explain', text, '--dir', `${folder}/intelligence`], { encoding: 'utf8' });

  test.each([
    ['NixOS 26.11, host', /evaluated\.json#\/host\n/],
    ['Add a tool for this user', /evaluated\.json#\/packages\/\d+\/declarations, configuration\.nix:\d+/],
    ['Advised against: grep', /policies\.json#\/rules\/0/],
    ['**Search**', /tool_profiles\.json#\/profiles\/\d+, packages\.nix:\d+, commit [0-9a-f]{12}/],
    ['in place of silver-searcher', /package_evolution\.json#\/packages\/\d+, packages\.nix:\d+, commit [0-9a-f]{12}/],
    ['Usage: 15 times', /usage_alignment\.json#\/tools\/\d+, packages\.nix:\d+, commit [0-9a-f]{12}/],
    ['Consider fd -g pattern', /tool_chains\.json#\/substitutions\/\d+/],
    ['kubectl was not found', /failure_patterns\.json#\/commands\/\d+/],
    ['In your 5 Python projects', /cross_project_patterns\.json#\//],
    ['virtualisation.docker', /evaluated\.json#\/options\/\d+, configuration\.nix:\d+, commit [0-9a-f]{12}/],
    ['xh replaced httpie', /package_evolution\.json#\/migrations\/\d+.*commit [0-9a-f]{12}/],
    ['Links into /nix/store', /the same on every machine/],
  ])('explain "%s"', (text, chain) => {
    expect(explained(text).stdout).toMatch(chain);
  });

  test('what nobody knows', () => {
    const { stdout, status } = explained('frobnicator');
    expect({ stdout, status }).toEqual({ stdout: 'nothing is known about frobnicator\n', status: 1 });
  });
});
