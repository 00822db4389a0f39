import { publicTools } from '../../data/public-tools.ts';
import { parseBashLine } from '../../lang/shell/shell-line.ts';
import { countsIn } from './counts.ts';
import type { ContextFinding, Facts } from './facts.ts';
import { spansOf } from './spans.ts';

/**
 * Holds a text for agents (CLAUDE.md, AGENTS.md, a policy file) against the evaluated configuration: tools that it
 * names and that are not installed, paths that do not exist, counts that are wrong. Only what is certain is said:
 * of tools those that are publicly known by that name, of paths those that the root could have.
 */
export function checkContext(text: string, file: string, facts: Facts): ContextFinding[] {
  const findings: ContextFinding[] = [];
  const said = new Set<string>();
  const add = (line: number, kind: ContextFinding['kind'], key: string, message: string): void => {
    if (said.has(`${kind} ${key}`)) return;
    said.add(`${kind} ${key}`);
    findings.push({ file, line, kind, message });
  };
  for (const { line, text: span, kind, context } of spansOf(text)) {
    // "No `nix-env -i`", "Plasma was shelved": what is ruled out need not be there.
    if (denies.test(context)) continue;
    if (kind === 'prose') {
      for (const name of properNames(span)) {
        if (!facts.installed.has(name.toLowerCase()))
          add(line, 'not installed', name.toLowerCase(), `\`${name}\` is named and not installed`);
      }
      for (const { said: count, found, key } of countsIn(span, facts.evaluated))
        add(line, 'wrong count', key, `"${count}" is said; ${found}`);
      continue;
    }
    if (kind === 'code' && looksLikePath(span)) {
      if (!facts.exists(span) && !isAlternative(span, context, facts))
        add(line, 'no such file', span, `\`${span}\` does not exist`);
      continue;
    }
    if (facts.commands === undefined) continue;
    for (const name of commandsIn(span)) {
      if (!facts.commands.has(name) && !facts.installed.has(name))
        add(line, 'not installed', name, `the command \`${name}\` is not installed`);
    }
  }
  return findings;
}

const denies =
  /\b(no|not|never|don't|do not|without|removed|replaced|shelved|instead of|avoid|deprecated|unlike|formerly)\b/i;

/** `devenv.nix` or `shell.nix`: one of them is enough. */
function isAlternative(path: string, context: string, { exists }: Facts): boolean {
  return [...context.matchAll(/`([^`]+)` or `([^`]+)`/g)].some(
    ([, a = '', b = '']) => (a === path && exists(b)) || (b === path && exists(a)),
  );
}

/** Publicly known tools at command positions. A single word is a name, and a command only where it is known as one. */
function commandsIn(code: string): string[] {
  if (/[<>]\w|^\s*(\w+\s*)?[{}]/.test(code) || code.length > 400) return [];
  const { invocations, understood } = parseBashLine(code);
  if (!understood) return [];
  return invocations.flatMap(({ name }) =>
    name !== null && publicTools.has(name) && !shellWords.has(name) ? [name] : [],
  );
}

const shellWords = new Set(
  'cd echo export source test true false alias set command time type printf read exit'.split(' '),
);

/** Capitalised words that are a program's own name and no word of the language. */
function properNames(prose: string): string[] {
  return [...prose.matchAll(/(?<![\w/.-])[A-Z][a-z]+(?![\w/]|\.\w)/g)]
    .map(([name]) => name)
    .filter((name) => name.length > 3 && publicTools.has(name.toLowerCase()) && !language.has(name.toLowerCase()));
}

const language = new Set(
  (
    'make find sort test just watch join cut head tail tree time date user users command column paste split fold expand ' +
    'last link install shred less more most file stat look write wall mail host dig ping open pass task note notes sleep ' +
    'screen script select choose dust dive glow gum hatch poetry rich rust ruby python node java julia perl swift dart ' +
    'container docker git github black go bat act age atuin helm terraform packer vault consul nomad nix home flutter ' +
    'fish bear bacon borg broot buck bundle cargo cast copier cross delta direct entr envy expect factor fresh hurl ' +
    'janet jump kind lens lima link meson mise mosh nice ninja nano nova oil parallel pandoc pip podman procs restic ' +
    'ripgrep ruff sage salt scala scene sed serve seq skim slides sponge stack starship stern tap tee tig top touch up ' +
    'uniq units view visual which who yes zellij code cursor gemini claude'
  ).split(/\s+/),
);

/** A file or folder of the repository: with a slash or a known ending, without blanks, variables and hosts. */
function looksLikePath(code: string): boolean {
  if (!/^[\w.@*<>{},/-]+$/.test(code) || /^(https?:|~|\/|-|@)/.test(code) || code.includes('//')) return false;
  if (/^\.?[\w-]+(\.[\w-]+)*\/$/.test(code) || /\.(nix|md|sh|json|ya?ml|toml|lock|py|ts|js)$/.test(code)) return true;
  return /^\.?[\w-]+\/[\w.*<>/-]+$/.test(code) && /\/.*\/|\.\w+$/.test(code);
}
