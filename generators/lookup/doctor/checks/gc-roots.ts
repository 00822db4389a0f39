import { lstatSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { at, counted, destination, firstOf, linkTarget, namesIn } from '../machine.ts';

const roots = '/nix/var/nix/gcroots/auto';
const days = 90;
/** Links in the command that removes them: it must stay readable. */
const inCommand = 10;

export const gcRoots: Check = {
  id: 'gc-roots',
  severity: 'info',
  reads: `the links of builds and development shells that ${roots} registers`,
  run(machine) {
    const names = namesIn(machine, roots);
    if (names.length === 0) return notApplicable('no build is registered as a root of the garbage collector');
    const links = names.flatMap((name) => linkTarget(machine, join(roots, name)) ?? []);
    const old = [...new Set(links)].filter((link) => {
      if (/^\/nix\/var\/|\/\.local\/state\/(?:nix|home-manager)\/|\/\.nix-profile/.test(link)) return false;
      if (destination(machine, link)?.startsWith('/nix/store/') !== true) return false;
      const stat = lstatSync(join(at(machine, join(link, '..')), basename(link)), { throwIfNoEntry: false });
      return stat !== undefined && machine.now - stat.mtimeMs > days * 86_400_000;
    });
    if (old.length === 0) return ok(`no link of a build is over ${days} days old`);
    return finding(
      `${counted(old.length, 'link')} to builds, over ${days} days old, that retain store paths`,
      firstOf(old),
      `rm ${old.slice(0, inCommand).join(' ')} && nix-collect-garbage`,
    );
  },
};
