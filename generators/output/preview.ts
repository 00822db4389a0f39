import { UserError } from '../errors.ts';
import type { Evaluated } from '../evidence/evaluated.ts';
import { evidenceFile } from '../evidence/evidence.ts';
import { buildOutputOf, parseConfiguration, userAmong } from '../evidence/flake/configuration.ts';
import { type Manifest, manifest as manifestSchema } from '../evidence/manifest.ts';
import { readEvidence } from '../evidence/read-evidence.ts';
import { parseJson } from '../evidence/read-json.ts';
import { type Budget, defaultSettings, withBudget } from '../evidence/settings.ts';
import { snapshots } from '../evidence/snapshots.ts';
import { shippedFile } from '../shipped-file.ts';
import { readLive } from '../snapshot/live/read-live.ts';
import { visible } from '../text.ts';
import { buildOutput, type OutputFolder } from './build-output.ts';
import { readFolder } from './write-folder.ts';

/** An output folder in memory, to be looked at before a rebuild. */
export interface Preview {
  files: OutputFolder;
  manifest: Manifest;
  /** Where the output comes from, for the user: one or a few lines. */
  origin: string;
}

const missingSnapshots = Object.values(snapshots).map(({ file, command }) => ({ file, command }));

/** The output for the example host, which is shipped with the command line. Needs no Nix. */
export function previewExample(budget: Partial<Budget>): Preview {
  const read = readEvidence(shippedFile('example'));
  const { host, user } = read.evidence.evaluated;
  return {
    ...buildOutput({ ...read, settings: withBudget(read.settings, budget) }),
    origin: `An example: host ${host.name ?? '(none)'}, user ${user.name}, shipped with nixos-intelligence. Nothing of this machine was read.`,
  };
}

/** The output for the running machine, from its Nix profiles only. */
export async function previewLive(budget: Partial<Budget>): Promise<Preview> {
  const { evidence, os, profiles } = await readLive();
  const output = buildOutput({
    evidence,
    settings: withBudget(defaultSettings, budget),
    inputs: [],
    missing: [
      { file: evidenceFile('evaluated'), command: 'nixos-intelligence preview FLAKE#HOST' },
      { file: evidenceFile('closure'), command: null },
      ...missingSnapshots,
    ],
    rejected: [],
    os,
  });
  const found =
    profiles.length > 0
      ? profiles.map(({ folder, packages }) => `${packages} packages in ${folder}`).join(', ')
      : 'no Nix profile, so no packages; software from other sources is not read';
  return {
    ...output,
    origin: `Read live from this machine (${os}): ${found}. No configuration was evaluated: files, reasons and descriptions are not known.`,
  };
}

/** The output from what evaluation alone knows. */
function previewEvaluated(evaluated: Evaluated, reason: string): Preview {
  const build = 'a build of all packages of the configuration';
  return {
    ...buildOutput({
      evidence: { evaluated },
      settings: defaultSettings,
      inputs: [],
      missing: [
        { file: evidenceFile('closure'), command: build },
        { file: evidenceFile('commands'), command: build },
        ...missingSnapshots,
      ],
      rejected: [],
    }),
    origin: `${reason}\nThe output was made from the evaluation alone: lines of files, commands, sizes and snapshots are missing.`,
  };
}

/**
 * The output that a rebuild of a configuration would write, built by Nix.
 *
 * @param target `FLAKE#HOST` or `FLAKE#user@host`
 * @param wishedUser default: the user who asks, else the first
 * @throws UserError if the target names no configuration, or Nix fails
 */
export async function previewConfiguration(
  target: string,
  wishedUser: string | null,
  nixOptions: readonly string[],
): Promise<Preview> {
  const configuration = parseConfiguration(target);
  console.error(`Building the output of ${visible(target)}; missing packages are built or fetched.`);
  const { folders, enabled, evaluated, failure } = await buildOutputOf(
    configuration,
    process.env.NIXOS_INTELLIGENCE_FLAKE,
    nixOptions,
  );
  if (failure !== null) {
    const user = userAmong([...evaluated.keys()], wishedUser, configuration);
    const found = evaluated.get(user);
    if (found !== undefined) return previewEvaluated(found, `${target}, user ${user}: ${failure}`);
  }
  const user = userAmong([...folders.keys()], wishedUser, configuration);
  const folder = folders.get(user) ?? '';
  const files = readFolder(folder);
  const text = files.get('intelligence/manifest.json');
  if (text === undefined) throw new UserError('input', `expected intelligence/manifest.json in ${folder}, got nothing`);
  const others = [...folders.keys()].filter((other) => other !== user);
  const origin = [
    `${target}, user ${user}: ${folder}`,
    ...(enabled
      ? []
      : [
          'This configuration does not enable programs.nixos-intelligence; the module was added for this preview only.',
        ]),
    ...(others.length > 0 ? [`Other users: ${others.join(', ')} (--user NAME)`] : []),
  ].join('\n');
  return { files, manifest: parseJson(text, 'intelligence/manifest.json', manifestSchema), origin };
}
