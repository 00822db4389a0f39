import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { UserError } from '../errors.ts';
import { keysOf } from '../keys-of.ts';
import { visible } from '../text.ts';
import { closure } from './closure.ts';
import { commands } from './commands.ts';
import { evaluated } from './evaluated.ts';
import type { Evidence } from './evidence.ts';
import type { Manifest } from './manifest.ts';
import { normalClosure, normalCommands, normalEvaluated } from './normal.ts';
import { optionDocs } from './option-docs.ts';
import { policyOptions } from './policies.ts';
import { readJson } from './read-json.ts';
import { defaultSettings, type Settings, settings } from './settings.ts';
import { type SnapshotContents, type SnapshotName, snapshots } from './snapshots.ts';
import { sourceFiles } from './source-files.ts';

/** The evidence of one input folder, and its description for the manifest. */
export interface ReadEvidence extends Pick<Manifest, 'inputs' | 'missing' | 'rejected'> {
  evidence: Evidence;
  settings: Settings;
  /** The operating system by its own name, where a running machine was read and no configuration. */
  os?: string;
}

/**
 * Reads and checks an input folder: `evaluated.json`, and if they exist `closure.json`, `commands.json`,
 * `policies.json`, `settings.json` and `snapshots/*.json`. An invalid snapshot is skipped and listed in `rejected`.
 *
 * @throws UserError `input` if another file is invalid or `evaluated.json` is missing
 */
export function readEvidence(folder: string): ReadEvidence {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError('input', `expected a folder with \`evaluated.json\`, got \`${visible(folder)}\``);
  }
  const account: Pick<Manifest, 'inputs' | 'missing' | 'rejected'> = { inputs: [], missing: [], rejected: [] };
  const read = <T>(file: string, schema: z.ZodType<T>, sorted = false) =>
    readJson(join(folder, file), file, schema, sorted);
  const used = <T>(file: string, value: T, takenOn: string | null = null): T => {
    account.inputs.push({ file, sha256: sha256(JSON.stringify(value)), takenOn });
    return value;
  };

  const base = read('evaluated.json', evaluated, true);
  if (base === undefined) {
    throw new UserError('input', `expected \`evaluated.json\` in \`${visible(folder)}\`, got nothing`, {
      hint: 'it is made by evaluating a configuration: nixos-intelligence preview FLAKE#HOST',
    });
  }
  const evidence: Evidence = { evaluated: used('evaluated.json', normalEvaluated(base)) };

  const graph = read('closure.json', closure, true);
  if (graph) evidence.closure = used('closure.json', normalClosure(graph));
  else account.missing.push({ file: 'closure.json', command: null });

  const found = read('commands.json', commands, true);
  if (found) evidence.commands = used('commands.json', normalCommands(found));
  else account.missing.push({ file: 'commands.json', command: null });

  const options = read('settings.json', settings);
  const chosen = options ? used('settings.json', options) : defaultSettings;

  const docs = read('options.json', optionDocs);
  if (docs) evidence.optionDocs = used('options.json', docs);

  const sources = read('sources.json', sourceFiles);
  if (sources) evidence.sourceFiles = used('sources.json', sources);

  const policies = read('policies.json', policyOptions);
  if (policies) evidence.policies = used('policies.json', policies);

  const snapshotEvidence: Partial<SnapshotContents> = evidence;
  const readSnapshot = <Name extends SnapshotName>(name: Name): void => {
    const { command, file, schema } = snapshots[name];
    try {
      const snapshot = read(file, schema);
      if (snapshot === undefined) account.missing.push({ file, command });
      else snapshotEvidence[name] = used(file, snapshot, snapshot.takenOn);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      account.rejected.push({ file, reason: `${error.message}\n  to write it again: ${command}` });
    }
  };
  for (const name of keysOf(snapshots)) readSnapshot(name);
  return { evidence, settings: chosen, ...account };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
