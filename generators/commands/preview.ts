import { UserError } from '../errors.ts';
import { evidenceFiles } from '../evidence/evidence.ts';
import { type Manifest, manifest as manifestSchema } from '../evidence/manifest.ts';
import { type ReadEvidence, readEvidence } from '../evidence/read-evidence.ts';
import { parseJson } from '../evidence/read-json.ts';
import { defaultSettings } from '../evidence/settings.ts';
import { snapshotCommand, snapshots } from '../evidence/snapshots.ts';
import { buildOutput, type OutputFolder } from '../output/build-output.ts';
import { readFolder, writeFolder } from '../output/write-folder.ts';
import { visible } from '../plain-text.ts';
import { shippedFile } from '../shipped-file.ts';
import type { Arguments, Command } from './command.ts';
import { warnings, withBudget } from './generate.ts';

export const command: Command = {
  name: 'preview',
  usage: '[FLAKE#HOST | FLAKE#user@host | --live] [--out DIR] [-- NIX OPTIONS]',
  description: `Shows the CLAUDE.md that a rebuild would write, and activates nothing.

  preview              the example host that comes along; needs no Nix
  preview FLAKE#HOST   a NixOS configuration, also one that does not import the module yet; its packages
                       are built (or fetched) as for a rebuild. Options after -- go to nix.
  preview FLAKE#u@h    a configuration of home-manager's
  preview --live       what the running machine shows by itself, and nothing else

CLAUDE.md goes to standard output; which evidence went in, and which was missing, to standard error.`,
  options: {
    out: { type: 'string', value: 'DIR', help: 'write the whole output folder there (example: ./preview)' },
    user: { type: 'string', value: 'NAME', help: 'whose context, where a host has several users' },
    live: { type: 'boolean', help: 'read this machine instead of the example' },
    json: { type: 'boolean', help: 'print the manifest as JSON instead of CLAUDE.md' },
    'max-lines': { type: 'string', value: 'N', help: 'lines of CLAUDE.md at most (example and --live)' },
    'max-tokens': { type: 'string', value: 'N', help: 'estimated tokens of CLAUDE.md at most (example and --live)' },
  },
  async run({ values, positionals }) {
    const [target, ...nixOptions] = positionals;
    if (target !== undefined && !target.startsWith('-')) {
      if (values.live) throw new UserError('usage', 'expected a configuration or --live, got both');
      return show(await ofConfiguration(target, nixOptions, values), values);
    }
    if (positionals.length > 0) {
      throw new UserError('usage', `expected FLAKE#HOST before \`--\`, got \`${visible(target as string)}\``);
    }
    return show(await (values.live ? live(values) : example(values)), values);
  },
};

interface Preview {
  files: OutputFolder;
  manifest: Manifest;
  /** Where the output comes from, in a line. */
  origin: string;
  out: string | undefined;
}

async function show({ files, manifest, origin, out }: Preview, { json }: Arguments['values']): Promise<0> {
  if (out !== undefined) writeFolder(out, files);
  process.stdout.write((json ? files.get('intelligence/manifest.json') : files.get('CLAUDE.md')) as string);
  console.error(`\n${[origin, ...account(manifest), ...(out ? [`Written to ${visible(out)}`] : [])].join('\n')}`);
  return 0;
}

function account(manifest: Manifest): string[] {
  const list = (title: string, lines: string[]) =>
    lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : [];
  return [
    ...list(
      'Evidence used:',
      manifest.inputs.map(({ file, takenOn }) => (takenOn ? `${file} (taken on ${takenOn})` : file)),
    ),
    ...list(
      'Missing, and what supplies it:',
      manifest.missing.map(({ file, command }) => `${file}: ${command ?? 'the build of a configuration'}`),
    ),
    ...warnings(manifest).map((warning) => `Warning: ${warning}`),
  ];
}

async function example(values: Arguments['values']): Promise<Preview> {
  const folder = shippedFile('example');
  const read = readEvidence(folder);
  const { files, manifest } = buildOutput({ ...read, settings: withBudget(read.settings, values) });
  const { host, user } = read.evidence.evaluated;
  const origin = `An example: host ${host.name ?? '(none)'}, user ${user.name}, shipped with nixos-intelligence. Nothing of this machine was read.`;
  return { files, manifest, origin, out: typeof values.out === 'string' ? values.out : 'preview' };
}

async function live(values: Arguments['values']): Promise<Preview> {
  const { readLive } = await import('../snapshot/live/read-live.ts');
  const { evidence, os, profiles } = await readLive();
  const read: ReadEvidence = {
    evidence,
    settings: withBudget(defaultSettings, values),
    inputs: [],
    missing: [
      { file: 'evaluated.json', command: 'nixos-intelligence preview FLAKE#HOST' },
      { file: 'closure.json', command: null },
      ...snapshots.map((one) => ({ file: evidenceFiles[one.name], command: snapshotCommand(one) })),
    ],
    rejected: [],
    os,
  };
  const { files, manifest } = buildOutput(read);
  const seen =
    profiles.length > 0
      ? profiles.map(({ folder, packages }) => `${packages} packages in ${folder}`).join(', ')
      : 'no Nix profile, so no packages: what else is installed here was not looked at';
  const origin = `Read live off this machine (${os}): ${seen}. No configuration was evaluated: files, reasons and descriptions are not known.`;
  return { files, manifest, origin, out: typeof values.out === 'string' ? values.out : undefined };
}

async function ofConfiguration(
  target: string,
  nixOptions: readonly string[],
  values: Arguments['values'],
): Promise<Preview> {
  const { buildOutputOf, parseConfiguration, userAmong } = await import('../evidence/flake/configuration.ts');
  const configuration = parseConfiguration(target);
  console.error(`Building what ${visible(target)} would get; packages that are not there yet are built or fetched.`);
  const { folders, enabled } = await buildOutputOf(configuration, process.env.NIXOS_INTELLIGENCE_FLAKE, nixOptions);
  const users = [...folders.keys()];
  const wished = userAmong(users, typeof values.user === 'string' ? values.user : null, configuration);
  const folder = folders.get(wished) as string;
  const files = readFolder(folder);
  const text = files.get('intelligence/manifest.json');
  if (text === undefined) throw new UserError('input', `expected intelligence/manifest.json in ${folder}, got nothing`);
  const manifest = parseJson(text, 'intelligence/manifest.json', manifestSchema);
  const others = users.filter((user) => user !== wished);
  const origin = [
    `${target}, user ${wished}: ${folder}`,
    ...(enabled
      ? []
      : ['This configuration does not enable programs.nixos-intelligence; it was added for this look only.']),
    ...(others.length > 0 ? [`Other users: ${others.join(', ')} (--user NAME)`] : []),
  ].join('\n');
  return { files, manifest, origin, out: typeof values.out === 'string' ? values.out : undefined };
}
