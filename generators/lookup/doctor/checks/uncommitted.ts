import { gitMaybe } from '../../../snapshot/git/git.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { checkoutOf } from '../checkout.ts';
import { counted } from '../machine.ts';

const shown = 10;

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
    const rest = changes.length - shown;
    return finding(
      invisible.length > 0
        ? `${counted(invisible.length, 'file')} that git does not track; a flake does not see ${invisible.length === 1 ? 'it' : 'them'}`
        : `${counted(changes.length, 'uncommitted change')} in the configuration`,
      [...changes.slice(0, shown).map((entry) => entry.trim()), ...(rest > 0 ? [`and ${rest} more`] : [])],
      invisible.length > 0
        ? `git -C ${shownFolder} add ${invisible.map((entry) => quoted(entry.slice(3))).join(' ')}`
        : `git -C ${shownFolder} commit --all`,
    );
  },
};

const quoted = (path: string): string => (/^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);
