import { addBashScript } from './bash-line.ts';
import { type Context, emptyLine, type ScriptShell, topContext } from './collector.ts';
import type { Expander } from './expander.ts';
import { addFishScript } from './fish-line.ts';
import type { ShellLine } from './line.ts';
import { nushellAsFish } from './nushell-as-fish.ts';
import { misreadByBash, zshAsBash } from './zsh-as-bash.ts';

/** Every command that a line of fish runs, at every command position. Never throws. */
export function parseFishLine(source: string): ShellLine {
  const out = emptyLine();
  addNested(source, 'fish', topContext, out);
  return out;
}

/** Every command that a line of nushell runs, read as fish after a few rewrites. Never throws. */
export function parseNushellLine(source: string): ShellLine {
  return parseFishLine(nushellAsFish(source));
}

/**
 * Every command that a line of bash runs, at every command position. Never throws: after a syntax error `understood`
 * is false, and the result has the commands that were found.
 *
 * @param expander expands words; a command whose words have alternatives is listed once for each
 */
export function parseBashLine(source: string, expander: Expander | null = null): ShellLine {
  const out = emptyLine();
  addNested(source, 'bash', { ...topContext, expander }, out);
  return out;
}

/**
 * Every command that a line of zsh runs. Never throws. The line is read as bash; if bash cannot read it, or reads it
 * differently, the grammar that only zsh has is rewritten first.
 */
export function parseZshLine(source: string): ShellLine {
  const asBash = parseBashLine(source);
  const misread = misreadByBash.test(source);
  if (asBash.understood && !misread) return asBash;
  const rewritten = zshAsBash(source);
  const asZsh = rewritten === null ? null : parseBashLine(rewritten);
  return asZsh?.understood ? asZsh : { ...asBash, understood: false };
}

/** A script inside a line may be written for another shell: `fish -c`, `bash -c`. */
function addNested(source: string, shell: ScriptShell, context: Context, out: ShellLine): void {
  const inner = context.language === shell ? context : { ...context, language: shell };
  if (shell === 'fish') addFishScript(source, inner, out, addNested);
  else addBashScript(source, inner, out, addNested);
}
