import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { UserError } from '../errors.ts';
import { inputKinds, snapshotKinds } from '../output/questions.ts';
import { visible } from '../plain-text.ts';
import { closure } from './closure.ts';
import { commands } from './commands.ts';
import { evaluated } from './evaluated.ts';
import type { Evidence, Inputs, Snapshots } from './frame.ts';
import type { Manifest } from './manifest.ts';
import { normalClosure, normalCommands, normalEvaluated } from './normal.ts';
import { readJson } from './read-json.ts';
import { defaultSettings, type Settings, settings } from './settings.ts';

/** The evidence of one input folder, and the account of it that the manifest gives. */
export interface ReadEvidence extends Pick<Manifest, 'inputs' | 'missing' | 'rejected'> {
  evidence: Evidence;
  settings: Settings;
  /** The operating system by its own name, where a running machine was read and no configuration. */
  os?: string;
}

/**
 * Reads and checks an input folder: `evaluated.json`, and where they are there `closure.json`,
 * `commands.json`, `settings.json`, the further inputs and `snapshots/*.json`. A snapshot that cannot be
 * used is left out and accounted for.
 *
 * @throws UserError `input` for a bad file that is no snapshot, or where `evaluated.json` is missing
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
  const evidence: Evidence = { evaluated: used('evaluated.json', normalEvaluated(base)), inputs: {}, snapshots: {} };

  const graph = read('closure.json', closure, true);
  if (graph) evidence.closure = used('closure.json', normalClosure(graph));
  else account.missing.push({ file: 'closure.json', command: null });

  const found = read('commands.json', commands, true);
  if (found) evidence.commands = used('commands.json', normalCommands(found));
  else account.missing.push({ file: 'commands.json', command: null });

  const options = read('settings.json', settings);
  const chosen = options ? used('settings.json', options) : defaultSettings;

  for (const { name, schema } of inputKinds) {
    const input = read(`${name}.json`, schema);
    if (input) (evidence.inputs as Record<string, unknown>)[name as keyof Inputs] = used(`${name}.json`, input);
  }

  for (const { name, schema, command, takenOn } of snapshotKinds) {
    const file = `snapshots/${name}.json`;
    try {
      const snapshot = read(file, schema);
      if (snapshot === undefined) account.missing.push({ file, command });
      else {
        const value = used(file, snapshot, takenOn(snapshot as never));
        (evidence.snapshots as Record<string, unknown>)[name as keyof Snapshots] = value;
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      account.rejected.push({ file, reason: error.message });
    }
  }
  return { evidence, settings: chosen, ...account };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
