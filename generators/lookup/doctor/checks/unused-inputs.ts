import { join } from 'node:path';
import { parse } from '../../../lang/nix/parse.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { checkoutOf } from '../checkout.ts';
import { readFlakeLock } from '../flake-lock.ts';
import { inputUses } from '../input-uses.ts';
import { counted, textOf } from '../machine.ts';

export const unusedInputs: Check = {
  id: 'unused-inputs',
  severity: 'info',
  reads: 'the inputs of flake.nix, and every name in the .nix files of the checkout',
  run(machine) {
    const found = checkoutOf(machine);
    if ('why' in found) return found.why;
    const { checkout, source } = found;
    const lock = readFlakeLock(checkout);
    const flake = textOf({ root: '' }, join(checkout, 'flake.nix'));
    if (lock === undefined || flake === undefined) return notApplicable('the configuration has no flake.lock');
    const files = new Set(['flake.nix', ...source.files.map(({ file }) => file)]);
    const uses = [...files].map((file) => {
      const text = file === 'flake.nix' ? flake : textOf({ root: '' }, join(checkout, file));
      return { file, ...inputUses(parse(text ?? ''), file === 'flake.nix') };
    });
    const whole = uses.find(({ passesAll }) => passesAll);
    if (whole !== undefined) return notApplicable(`${whole.file} computes with all inputs at once`);
    const names = new Set(uses.flatMap(({ names }) => [...names]));
    const unused = lock.direct.map(({ path }) => path[0] ?? '').filter((name) => !names.has(name));
    if (unused.length === 0) return ok('every input is used');
    return finding(
      `${counted(unused.length, 'input')} of the flake that no file names`,
      unused.map((name) => `flake.nix: ${name}`),
      `remove from the inputs in flake.nix: ${unused.join(', ')}; then: nix flake lock ${source.flake.checkout}`,
    );
  },
};
