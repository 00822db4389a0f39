import { placeText } from '../../places.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { counted } from '../machine.ts';

export const insecurePackages: Check = {
  id: 'insecure-packages',
  severity: 'warning',
  reads: 'packages of the configuration that its nixpkgs marks as insecure',
  run({ output, noOutput }) {
    if (output === null) return notApplicable(noOutput);
    const { profiles } = output.read('tool_profiles');
    const insecure = profiles.flatMap((one) => {
      const mark = one.marks?.find(({ kind }) => kind === 'insecure');
      return mark === undefined ? [] : [{ ...one, mark }];
    });
    if (insecure.length === 0) return ok('nixpkgs marks no declared package as insecure');
    return finding(
      `${counted(insecure.length, 'package')} that nixpkgs marks as insecure`,
      insecure.map(({ id, version, mark, declarations }) => {
        const places = declarations.map(placeText).join(', ');
        return `${id} ${version ?? ''}: ${mark.why.join('; ')}${places ? ` (${places})` : ''}`;
      }),
      `replace or remove: nixos-intelligence where ${insecure[0]?.name}`,
    );
  },
};
