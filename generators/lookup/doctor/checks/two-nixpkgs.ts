import { type Check, finding, notApplicable, ok } from '../check.ts';
import { checkoutOf } from '../checkout.ts';
import { readFlakeLock } from '../flake-lock.ts';
import { counted } from '../machine.ts';

export const twoNixpkgs: Check = {
  id: 'two-nixpkgs',
  severity: 'warning',
  reads: 'flake.lock: every input that is a nixpkgs',
  run(machine) {
    const found = checkoutOf(machine);
    if ('why' in found) return found.why;
    const lock = readFlakeLock(found.checkout);
    if (lock === undefined) return notApplicable('the configuration has no flake.lock');
    const isNixpkgs = ({ repository }: { repository: string }): boolean => repository === 'nixpkgs';
    const own = lock.direct.filter(isNixpkgs);
    const main = (own.find(({ path }) => path[0] === 'nixpkgs') ?? own[0])?.path[0];
    // What the flake itself names is the user's choice.
    const brought = lock.transitive.filter(isNixpkgs);
    if (brought.length === 0) return ok('no input brings a nixpkgs of its own');
    if (main === undefined) return notApplicable('the flake has no nixpkgs that its inputs could follow');
    return finding(
      `${counted(brought.length, 'further nixpkgs', 'further nixpkgs')}, brought by inputs: more to evaluate and store`,
      brought.map(({ path, revision }) => `${path.join('.')} ${revision?.slice(0, 12) ?? ''}`.trim()),
      `in flake.nix: ${brought.map(({ path }) => `inputs.${path.join('.inputs.')}.follows = "${main}";`).join(' ')}`,
    );
  },
};
