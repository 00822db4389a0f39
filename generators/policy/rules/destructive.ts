import { texts } from '../arguments.ts';
import type { Check, Exec, Match } from '../call.ts';
import { device, diskTools } from '../disks.ts';
import { pushes } from '../git-push.ts';
import { removes } from '../removal.ts';
import type { CompiledRule } from '../schema.ts';
import { shown } from '../wording.ts';
import { absolutePath } from '../world.ts';

/** What cannot be undone: home or system removed, generations gone, history rewritten, disks written. */
export const destructive: Check<Extract<CompiledRule, { rule: 'destructive' }>> = {
  command(exec, _rule, world) {
    const { base } = exec;
    if (base === null) return null;
    if (base === 'git') return pushes(exec, world);
    return disk(base, exec) ?? generations(base, exec) ?? removes(exec, world);
  },
  access({ word, how, cwd, by }, _rule, world) {
    const path = how === 'edit' && word.text !== null ? absolutePath(word.text, cwd, world.home) : null;
    return path !== null && device.test(path) ? { reason: `\`${by}\` would write to the device \`${path}\`.` } : null;
  },
};

function disk(base: string, exec: Exec): Match | null {
  const changes = base.startsWith('mkfs.') ? () => true : Object.hasOwn(diskTools, base) ? diskTools[base] : undefined;
  if (base === 'dd' && exec.args.some(({ text, shape }) => text === null && /^(of=)?\0/.test(shape ?? '\0'))) {
    return { certainty: 'unclear', reason: `Cannot tell where \`${shown('dd', exec.args)}\` writes.` };
  }
  return changes?.(exec) ? { reason: `\`${shown(base, exec.args)}\` changes a disk for good.` } : null;
}

const nothingToRollBackTo = 'removes every old generation: nothing to roll back to remains.';

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
        ? { reason: '`nh clean` removes old generations; `--keep 5 --keep-since 30d` says which stay.' }
        : null;
    default:
      return null;
  }
}
