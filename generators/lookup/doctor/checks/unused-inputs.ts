import { join } from 'node:path';
import { parse } from '../../../lang/nix/parse.ts';
import { unusedInputs as unusedIn } from '../../../lang/nix/unused-inputs.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { checkoutOf } from '../checkout.ts';
import { counted, textOf } from '../machine.ts';

export const unusedInputs: Check = {
  id: 'unused-inputs',
  severity: 'info',
  reads: 'the inputs of flake.nix, and every name in the .nix files of the checkout',
  run(machine) {
    const found = checkoutOf(machine);
    if ('why' in found) return found.why;
    const { checkout, source } = found;
    const read = (file: string) => textOf({ root: '' }, join(checkout, file));
    const flake = read('flake.nix');
    if (flake === undefined) return notApplicable('the configuration has no flake.nix');
    const others = source.files.map(({ file }) => file).filter((file) => file !== 'flake.nix');
    const unused = unusedIn(
      parse(flake),
      others.map((file) => parse(read(file) ?? '')),
    );
    if (unused.length === 0) return ok('no input is known to be unused');
    const names = unused.map(({ name }) => name).join(', ');
    return finding(
      `${counted(unused.length, 'input')} of the flake that no file names`,
      unused.map(({ name, line }) => `flake.nix:${line}: ${name}`),
      `nixos-intelligence change drop-input ${unused[0]?.name}${unused.length > 1 ? `; likewise the others of ${names}` : ''}`,
    );
  },
};
