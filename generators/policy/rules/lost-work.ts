import { code, inline } from '../../inline.ts';
import { commandsWith, writesFiles } from '../../lang/shell/command-table.ts';
import type { Match } from '../call.ts';
import type { Loss } from '../loss.ts';
import { overwritingLoss, removalLoss } from '../lost-by-files.ts';
import { gitLoss } from '../lost-by-git.ts';
import { shown } from '../wording.ts';
import type { ReadyMadeRule } from './rule.ts';

interface LostWork {
  /** The folder of the configuration. */
  checkout: string | null;
}

/** Work that exists nowhere else: uncommitted changes, untracked files, commits on no other branch, stashes. */
export const lostWork: ReadyMadeRule<LostWork> = {
  name: 'lostWork',
  default: 'ask',
  description: `
    Losing work that is nowhere else: {command}\`git reset --hard\`, {command}\`git checkout -- .\`,
    {command}\`git clean -fd\`, {command}\`git stash drop\`, {command}\`git branch -D\`, {command}\`rm\`,
    {command}\`find -delete\`, {command}\`mv\` and {command}\`> file\` over changed or untracked files. The hook looks at
    the repository: where nothing would be lost, the call passes. A file that the session itself has written may be
    replaced and removed by name.`,
  fields: (z) => ({ checkout: z.string().nullable().describe('the folder of the configuration') }),
  compile: ({ evaluated }) => ({ rule: { checkout: evaluated.flake.checkout } }),

  checkCommand(exec, { checkout }, world) {
    if (exec.remote || exec.cwd === null || exec.base === null) return null;
    const loss = exec.base === 'git' ? gitLoss(exec, world) : removalLoss(exec, checkout, world);
    return found(shown(exec.base, exec.args), loss);
  },
  checkFile: (access, _rule, world) =>
    found(
      access.exec === undefined ? `${access.by} ${access.word.raw}` : shown(access.by, access.exec.args),
      overwritingLoss(access, world),
    ),

  mayMatch: () => ({
    commands: [
      'git',
      ...commandsWith(writesFiles),
      ...'rm grm srm rimraf unlink shred find gfind fd fdfind'.split(' '),
    ],
  }),

  sentence: () =>
    inline`losing work that is nowhere else (${code('git reset --hard')}, ${code('git clean -fd')}, ${code('rm')} of changed or untracked files); nothing is asked where nothing would be lost.`,
};

function found(command: string, loss: Loss): Match | null {
  if (loss === null) return null;
  const what = loss === 'unknown' ? 'may lose work: git did not answer in time' : `would lose ${loss}`;
  return { reason: `\`${command.replaceAll('`', "'")}\` ${what}. Commit or stash it first, or ask the user.` };
}
