import { UserError } from '../errors.ts';
import type { Manifest } from '../evidence/manifest.ts';
import { type Preview, previewConfiguration, previewExample, previewLive } from '../output/preview.ts';
import { warnings } from '../output/warnings.ts';
import { writeFolder } from '../output/write-folder.ts';
import { visible } from '../text.ts';
import { budgetFrom, budgetOptions } from './budget-options.ts';
import { defineCommand } from './command.ts';

export const command = defineCommand({
  name: 'preview',
  usage: '[FLAKE#HOST | FLAKE#user@host | --live] [--out DIR] [-- NIX OPTIONS]',
  description: `
Shows the CLAUDE.md that a rebuild would write, and activates nothing.

  preview              an example host; needs no Nix
  preview FLAKE#HOST   a NixOS configuration, with or without the module; its packages are built or fetched as
                       for a rebuild. Options after -- are passed to nix.
  preview FLAKE#u@h    a home-manager configuration
  preview --live       the Nix profiles of the running machine, and nothing else

CLAUDE.md is printed to standard output; the evidence that was used and the evidence that is missing are listed
on standard error.`,
  options: {
    out: {
      type: 'string',
      value: 'DIR',
      help: 'write the whole output folder there (default for the example: preview)',
    },
    user: { type: 'string', value: 'NAME', help: 'the user to preview, if a host has several' },
    live: { type: 'boolean', help: 'read this machine instead of the example' },
    json: { type: 'boolean', help: 'print the manifest as JSON instead of CLAUDE.md' },
    ...budgetOptions,
  },
  completes: 'folder',
  async run({ values, positionals: [target, ...nixOptions] }) {
    const budget = budgetFrom(values);
    if (target === undefined) {
      if (values.live) return show(await previewLive(budget), values.out, values.json);
      return show(previewExample(budget), values.out ?? 'preview', values.json);
    }
    // Only an argument after `--` can start with a dash.
    if (target.startsWith('-')) {
      throw new UserError('usage', `expected FLAKE#HOST before \`--\`, got \`${visible(target)}\``);
    }
    if (values.live) throw new UserError('usage', 'expected a configuration or --live, got both');
    const preview = await previewConfiguration(target, values.user ?? null, nixOptions);
    return show(preview, values.out, values.json);
  },
});

function show({ files, manifest, origin }: Preview, out: string | undefined, json = false): 0 {
  if (out !== undefined) writeFolder(out, files);
  process.stdout.write(files.get(json ? 'intelligence/manifest.json' : 'CLAUDE.md') ?? '');
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
      'Evidence missing, and what provides it:',
      manifest.missing.map(({ file, command }) => `${file}: ${command ?? 'the build of a configuration'}`),
    ),
    ...warnings(manifest).map((warning) => `Warning: ${warning}`),
  ];
}
