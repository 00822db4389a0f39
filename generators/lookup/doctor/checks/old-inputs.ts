import { type Check, finding, notApplicable, ok } from '../check.ts';
import { checkoutOf } from '../checkout.ts';
import { readFlakeLock } from '../flake-lock.ts';
import { counted } from '../machine.ts';

const longestDays = 365;

export const oldInputs: Check = {
  id: 'old-inputs',
  severity: 'warning',
  reads: 'flake.lock: the day of each input that an update would change',
  run(machine) {
    const found = checkoutOf(machine);
    if ('why' in found) return found.why;
    const lock = readFlakeLock(found.checkout);
    if (lock === undefined) return notApplicable('the configuration has no flake.lock');
    const dated = lock.direct.flatMap(({ path, lastModified, isPinned }) =>
      lastModified === undefined || isPinned ? [] : [{ name: path.join('.'), at: lastModified * 1000 }],
    );
    const old = dated.filter(({ at }) => machine.now - at > longestDays * 86_400_000);
    if (old.length === 0) return ok('no input is over a year old');
    return finding(
      `${counted(old.length, 'input')} over a year old`,
      old.map(({ name, at }) => `${name}: ${new Date(at).toISOString().slice(0, 10)}`),
      `nix flake update --flake ${found.source.flake.checkout} ${old.map(({ name }) => name).join(' ')}`,
    );
  },
};
