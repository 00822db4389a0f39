import { code, inline } from '../../inline.ts';
import { texts } from '../../lang/shell/arguments.ts';
import { commandsWith, writesFiles } from '../../lang/shell/command-table.ts';
import type { Exec, Match } from '../call.ts';
import { device, diskTools } from '../disks.ts';
import { pushes } from '../git-push.ts';
import { removes } from '../removal.ts';
import { shown } from '../wording.ts';
import { absolutePath } from '../world.ts';
import type { ReadyMadeRule } from './rule.ts';

/** Changes that cannot be undone: home or system removed, generations deleted, history rewritten, disks written. */
export const destructive: ReadyMadeRule<object> = {
  name: 'destructive',
  default: 'ask',
  description: 'Removing the home or the system, all old generations, force pushes to the main branch, disk tools.',
  compile: () => ({ rule: {} }),

  checkCommand(exec, _rule, world) {
    const { base } = exec;
    if (base === null) return null;
    if (base === 'git') return pushes(exec, world);
    return disk(base, exec) ?? generations(base, exec) ?? removes(exec, world);
  },
  checkFile({ word, how, cwd, by }, _rule, world) {
    const path = how === 'edit' && word.text !== null ? absolutePath(word.text, cwd, world.home) : null;
    return path !== null && device.test(path) ? { reason: `\`${by}\` would write to the device \`${path}\`.` } : null;
  },

  checkLine: (execs) =>
    execs.some(startsItself) ? { reason: 'The line defines a function that starts itself without end.' } : null,

  mayMatch: () => ({
    commands: [
      'git',
      ...Object.keys(diskTools),
      ...commandsWith(writesFiles),
      ...'rm grm srm rimraf find gfind fd fdfind chmod chown chgrp nix nix-collect-garbage nix-env nh'.split(' '),
    ],
    patterns: ['mkfs.*'],
  }),

  sentence: () =>
    inline`removing the home or the system, deleting all old generations (${code('nix-collect-garbage -d')}), force pushes to main, writing to disks.`,
};

/** `:(){ :|:& };:` */
function startsItself({ place, name, line, pipeline }: Exec): boolean {
  if (place !== 'function' || name === null || !line.functions.includes(name)) return false;
  const stages = line.pipelines[pipeline]?.stages ?? [];
  return stages.filter((index) => index !== null && line.invocations[index]?.name === name).length > 1;
}

function disk(base: string, exec: Exec): Match | null {
  const changes = base.startsWith('mkfs.') ? () => true : Object.hasOwn(diskTools, base) ? diskTools[base] : undefined;
  if (base === 'dd' && exec.args.some(({ text, shape }) => text === null && /^(of=)?\0/.test(shape ?? '\0'))) {
    return { certainty: 'unclear', reason: `Cannot tell where \`${shown('dd', exec.args)}\` writes.` };
  }
  return changes?.(exec) ? { reason: `\`${shown(base, exec.args)}\` changes a disk, which cannot be undone.` } : null;
}

const nothingToRollBackTo = 'removes every old generation: no rollback is possible afterwards.';

function generations(base: string, exec: Exec): Match | null {
  const words = texts(exec.args);
  const names = words.filter((word) => !word.startsWith('-'));
  switch (base) {
    case 'nix-collect-garbage':
      return words.some((word) => /^(-d|--delete-old)$/.test(word))
        ? {
            reason: `\`nix-collect-garbage -d\` ${nothingToRollBackTo} Without \`-d\` it keeps them; \`--delete-older-than 30d\` keeps the recent ones.`,
          }
        : null;
    case 'nix-env':
      return words[words.indexOf('--delete-generations') + 1] === 'old' && words.includes('--delete-generations')
        ? { reason: `\`nix-env --delete-generations old\` ${nothingToRollBackTo}` }
        : null;
    case 'nix':
      return names[0] === 'profile' &&
        names[1] === 'wipe-history' &&
        !words.some((word) => word.startsWith('--older-than'))
        ? { reason: `\`nix profile wipe-history\` ${nothingToRollBackTo} \`--older-than 30d\` keeps the recent ones.` }
        : null;
    case 'nh':
      return names[0] === 'clean' && !words.some((word) => /^(--keep|-k$|-K$|--dry|-n$|--help)/.test(word))
        ? { reason: '`nh clean` removes old generations; with `--keep 5 --keep-since 30d` the recent ones stay.' }
        : null;
    default:
      return null;
  }
}
