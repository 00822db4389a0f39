import { UserError } from '../../errors.ts';
import { nixEvalText } from '../../evidence/flake/nix.ts';
import { visible } from '../../text.ts';
import type { Source } from '../index/source.ts';
import type { OptionAnswer } from './option-json.ts';

/**
 * Puts the values as Nix evaluates them now into the answers, in Nix notation.
 *
 * @param named `FLAKE#HOST`; undefined: the checkout and the name that the output describes
 * @throws UserError `usage` where the output does not say which configuration it describes, `nix` where nix failed
 */
export async function addLiveValues(answers: OptionAnswer[], source: Source, named: string | undefined): Promise<void> {
  const { flake, name } = configuration(source, named);
  const isHome = source.platform === 'home-manager';
  const attribute = `${isHome ? 'homeConfigurations' : 'nixosConfigurations'}.${JSON.stringify(name)}.config`;
  for (const answer of answers) {
    if (!answer.found || answer.below !== undefined) continue;
    const below = answer.scope === 'home' && !isHome ? `.home-manager.users.${JSON.stringify(source.user)}` : '';
    const option = answer.renamedTo ?? answer.name;
    answer.value = await nixEvalText(
      [`${flake}#${attribute}${below}.${option}`],
      `the evaluation of \`${visible(option)}\``,
    );
    answer.live = true;
    delete answer.withheld;
  }
}

function configuration({ flake, host, user }: Source, named: string | undefined): { flake: string; name: string } {
  const at = named?.lastIndexOf('#') ?? -1;
  if (named !== undefined && at >= 0) return { flake: named.slice(0, at) || '.', name: named.slice(at + 1) };
  if (named !== undefined) throw new UserError('usage', `expected FLAKE#HOST, got \`${visible(named)}\``);
  if (flake.checkout === null) {
    throw new UserError('usage', 'the output does not say where the configuration lies', {
      hint: '--flake FLAKE#HOST, or set programs.nixos-intelligence.flake.path',
    });
  }
  return { flake: flake.checkout, name: flake.attribute ?? host ?? user };
}
