import { plainText } from '../../text.ts';
import type { CommandAnswer } from './find-command.ts';

const shownProviders = 8;

export function commandText(answer: CommandAnswer): string {
  const { name, alias, package: own, version, scope, alsoIn = [], hiddenIn, provided, near } = answer;
  const shown = plainText(name, 100);
  const lines: string[] = [];
  if (alias !== undefined) {
    const runs = alias.commands.length > 0 ? ` that runs ${alias.commands.join(', ')}` : '';
    const shell = alias.shell === 'all' ? 'every shell' : alias.shell;
    lines.push(`${shown}: ${answer.kind} of ${shell}${runs}, from ${alias.files.join(', ')}`);
  }
  if (own !== undefined) {
    lines.push(`${shown}: command of ${own}${version === undefined ? '' : ` ${version}`} (${scope})`);
    if (alsoIn.length > 0) lines.push(`  also in ${alsoIn.join(', ')}`);
  }
  if (lines.length === 0) {
    lines.push(`no command ${shown}${near.length > 0 ? `; similar: ${near.join(', ')}` : ''}`);
    if (hiddenIn !== undefined) {
      const by = hiddenIn.requiredBy.length > 0 ? `, which ${hiddenIn.requiredBy.join(', ')} needs` : '';
      lines.push(`  ${hiddenIn.package} has it, not on PATH${by}`);
    }
    if (provided !== undefined) {
      const attributes = provided.slice(0, shownProviders).map((attribute) => `pkgs.${attribute}`);
      lines.push(
        `  ${attributes.length > 0 ? `provided by ${attributes.join(', ')}` : 'no package of nixpkgs has it'}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
