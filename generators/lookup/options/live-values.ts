import * as z from 'zod';
import { UserError } from '../../errors.ts';
import { nixEval, nixEvalText } from '../../evidence/flake/nix.ts';
import { splitOptionPath } from '../../lang/nix/option-path.ts';
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

/**
 * The values of many options in Nix notation, by one evaluation; null for a value that cannot be evaluated. Functions
 * and what is nested deeper than three sets are only named.
 *
 * @throws UserError `usage` where the output does not say which configuration it describes, `nix` where nix failed
 */
export async function liveValues(
  options: readonly { scope: string; name: string }[],
  source: Source,
): Promise<(string | null)[]> {
  const { flake, name } = configuration(source, undefined);
  const isHome = source.platform === 'home-manager';
  const attribute = `${isHome ? 'homeConfigurations' : 'nixosConfigurations'}.${JSON.stringify(name)}.config`;
  const paths = options.map(({ scope, name: option }) => [
    ...(scope === 'home' && !isHome ? ['home-manager', 'users', source.user] : []),
    ...splitOptionPath(option),
  ]);
  // A JSON text in a string of Nix: quotes, backslashes and `${` are special there.
  const list = JSON.stringify(JSON.stringify(paths)).replaceAll('${', '\\${');
  return nixEval(
    `${flake}#${attribute}`,
    `config: map (${showValue}) (builtins.fromJSON ${list})`,
    z.array(z.string().nullable()),
  );
}

const showValue = `path:
  let
    inherit (builtins) attrNames concatStringsSep foldl' toJSON tryEval typeOf;
    found = foldl' (set: name: set.\${name} or (throw "missing")) config path;
    show = depth: value:
      let kind = tryEval (typeOf value);
      in
      if !kind.success then "(cannot be evaluated)"
      else if kind.value == "lambda" then "(function)"
      else if kind.value == "path" then toString value
      else if kind.value == "set" && value.type or null == "derivation" then "(derivation \${value.name or "?"})"
      else if kind.value == "set" then
        if depth == 0 then "{ … }"
        else "{ \${concatStringsSep " " (map (name: "\${name} = \${show (depth - 1) value.\${name}};") (attrNames value))} }"
      else if kind.value == "list" then
        if depth == 0 then "[ … ]" else "[ \${concatStringsSep " " (map (show (depth - 1)) value)} ]"
      else toJSON value;
    text = tryEval (show 3 found);
  in
  if text.success then text.value else null`;

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
