import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { UserError } from '../errors.ts';
import { readSnapshotSettings } from '../evidence/snapshot-settings.ts';
import { snapshots } from '../evidence/snapshots.ts';
import { flakeFolder } from '../snapshot/rebuild/flake-folder.ts';
import { mayDropOverride, overrideInput } from '../snapshot/rebuild/override-input.ts';
import { runCommand } from '../snapshot/rebuild/run-command.ts';
import { takeSnapshots } from '../snapshot/rebuild/take-snapshots.ts';
import { transcriptSources } from '../snapshot/sessions/transcript-files.ts';
import { defineCommand } from './command.ts';

const example = 'nixos-intelligence rebuild -- sudo nixos-rebuild switch --flake .';
const kinds = Object.values(snapshots).map(({ kind }) => kind);

export const command = defineCommand({
  name: 'rebuild',
  usage: '[--out DIR] [--input NAME] [--only KIND] -- COMMAND …',
  description: `
Takes the snapshots, then runs the command (nixos-rebuild, home-manager, nh) unchanged:

  ${example}

The snapshots go to the flake that the command names, or that its program rebuilds by default. They are of the
calling user's history, also under sudo. If a snapshot fails, a warning is printed and the previous one is kept;
the rebuild always runs. --input adds --override-input NAME path:DIR to the command, for a flake that has the
snapshots as an input. The exit status is that of the command.`,
  options: {
    out: { type: 'string', value: 'DIR', help: 'folder of the snapshots (default: intelligence/<user> in the flake)' },
    input: { type: 'string', value: 'NAME', help: 'the flake input that provides the snapshots; requires --out' },
    only: { type: 'string', multiple: true, value: 'KIND', help: `take only this snapshot: ${kinds.join(', ')}` },
  },
  async run({ values: { out, input, only = configuredKinds() }, positionals }) {
    if (positionals.length === 0) {
      throw new UserError('usage', 'expected a command to run after `--`, got nothing', { hint: example });
    }
    const unknown = only.find((kind) => !kinds.includes(kind));
    if (unknown !== undefined) {
      throw new UserError('usage', `--only: expected one of ${kinds.join(', ')}, got \`${unknown}\``);
    }
    const folder = out === undefined ? undefined : path.resolve(out);
    const command = input === undefined ? positionals : withInput(positionals, input, folder);
    await takeSnapshots(only, folder, flakeFolder(positionals, { home: homedir(), environment: process.env }));
    return runCommand(command);
  },
});

/** Without folders that the user named there are no projects to look for, without an agent no sessions. */
function configuredKinds(): string[] {
  const isConfigured: Readonly<Record<string, () => boolean>> = {
    projects: () => readSnapshotSettings(homedir()).projectFolders.length > 0,
    sessions: () => transcriptSources(homedir(), process.env).some(({ folder }) => existsSync(folder)),
  };
  return kinds.filter((kind) => isConfigured[kind]?.() ?? true);
}

function withInput(command: readonly string[], input: string, folder: string | undefined): string[] {
  if (folder === undefined) {
    throw new UserError('usage', '--input requires --out, the folder of the snapshots', {
      hint: `nixos-intelligence rebuild --input ${input} --out ~/.local/state/nixos-intelligence/snapshots -- ${command.join(' ')}`,
    });
  }
  if (mayDropOverride(command)) {
    console.error(
      `nixos-intelligence: warning: nixos-rebuild may ignore the --override-input of \`${input}\`, because the command has one too; lock that input in the flake instead`,
    );
  }
  return overrideInput(command, input, folder);
}
