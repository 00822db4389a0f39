import { gitMaybe } from '../../../snapshot/git/git.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { checkoutOf } from '../checkout.ts';
import { counted, firstOf } from '../machine.ts';

export const uncommitted: Check = {
  id: 'uncommitted',
  severity: 'warning',
  reads: 'git status of the checkout',
  async run(machine) {
    const found = checkoutOf(machine);
    if ('why' in found) return found.why;
    const { checkout, source } = found;
    const shownFolder = source.flake.checkout ?? checkout;
    const status = await gitMaybe(checkout, ['status', '--porcelain=v1', '-z', '--no-renames', '--', '.']);
    if (status === undefined) return notApplicable('the configuration is not in a git repository');
    const changes = status.split('\0').filter((entry) => entry !== '');
    if (changes.length === 0) return ok('the configuration is committed');
    const invisible = changes.filter((entry) => /^\?\? .*\.nix$/.test(entry));
    return finding(
      invisible.length > 0
        ? `${counted(invisible.length, 'file')} that git does not track; a flake does not see ${invisible.length === 1 ? 'it' : 'them'}`
        : `${counted(changes.length, 'uncommitted change')} in the configuration`,
      firstOf(changes.map((entry) => entry.trim())),
      invisible.length > 0
        ? `git -C ${shownFolder} add ${invisible.map((entry) => quoted(entry.slice(3))).join(' ')}`
        : `git -C ${shownFolder} commit --all`,
    );
  },
};

const quoted = (path: string): string => (/^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);
