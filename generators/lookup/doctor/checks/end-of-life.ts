import { endOfLife, releaseEnd } from '../../../data/end-of-life.ts';
import { placeText } from '../../places.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';

export const endOfLifeVersions: Check = {
  id: 'end-of-life',
  severity: 'warning',
  reads: 'the NixOS release, and the versions of declared packages in a table of ends of support',
  run({ output, noOutput, now }) {
    if (output === null) return notApplicable(noOutput);
    const today = new Date(now).toISOString().slice(0, 10);
    const { release, revision } = output.source.nixpkgs;
    // `26.11` of an unstable branch is in the future, so its end is not near.
    const end = releaseEnd(release);
    const evidence =
      end !== null && end < today
        ? [`nixpkgs ${release}${revision ? ` (${revision.slice(0, 12)})` : ''}: until ${end}`]
        : [];
    for (const { id, name, version, declarations, base } of output.read('tool_profiles').profiles) {
      const until = base || version === null ? null : endOfLife(name, version);
      if (until !== null && until < today) {
        const places = declarations.map(placeText).join(', ');
        evidence.push(`${id} ${version}: until ${until}${places ? ` (${places})` : ''}`);
      }
    }
    if (evidence.length === 0) return ok(`nothing declared is known to be out of support on ${today}`);
    const isRelease = end !== null && end < today;
    return finding(
      `${isRelease ? 'the release' : 'a package'} gets no security updates any more`,
      evidence,
      isRelease
        ? `in flake.nix: the nixpkgs branch of a newer release; then: nix flake update --flake ${output.source.flake.checkout ?? '.'}`
        : 'a newer version at the place named: nixos-intelligence search NAME',
    );
  },
};
