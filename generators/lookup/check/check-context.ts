import { publicTools } from '../../data/public-tools.ts';
import { parseBashLine } from '../../lang/shell/shell-line.ts';
import type { Finding } from './finding.ts';
import type { KnownFacts } from './known-facts.ts';
import { spansOf } from './spans.ts';
import { wrongCounts } from './wrong-counts.ts';

/**
 * Checks a text for agents (CLAUDE.md, AGENTS.md, a policy file) against the configuration: tools that it mentions and that
 * are not installed, paths that do not exist, wrong counts. Only what is certain is reported: publicly known
 * tools, and paths that can be paths of the configuration.
 *
 * @param exists whether a path exists below the root of the configuration; `*` and `<name>` stand for any name
 */
export function checkContext(
  markdown: string,
  file: string,
  facts: KnownFacts,
  exists: (path: string) => boolean,
): Finding[] {
  const findings = new Map<string, Finding>();
  const add = (line: number, kind: Finding['kind'], subject: string, message: string): void => {
    const key = `${kind} ${subject.toLowerCase()}`;
    if (!findings.has(key)) findings.set(key, { file, line, kind, message });
  };
  for (const { line, text, kind, context } of spansOf(markdown)) {
    // "No `nix-env -i`", "Plasma was shelved": the text does not claim that the tool is installed.
    if (negation.test(context)) continue;
    if (kind === 'prose') {
      for (const name of properNames(text)) {
        if (!facts.installed.has(name.toLowerCase())) {
          add(line, 'not installed', name, `\`${name}\` is mentioned but not installed`);
        }
      }
      for (const { statement, found } of wrongCounts(text, facts.evaluated)) {
        add(line, 'wrong count', statement, `"${statement}": ${found}`);
      }
    } else if (kind === 'code' && looksLikePath(text)) {
      if (!exists(text) && !alternatives(text, context).some(exists)) {
        add(line, 'no such file', text, `\`${text}\` does not exist`);
      }
    } else if (facts.commands !== undefined) {
      for (const name of commandsIn(text)) {
        if (!facts.commands.has(name) && !facts.installed.has(name)) {
          add(line, 'not installed', name, `the command \`${name}\` is not installed`);
        }
      }
    }
  }
  return [...findings.values()];
}

const negation =
  /\b(no|not|never|don't|do not|without|removed|replaced|shelved|instead of|avoid|deprecated|unlike|formerly)\b/i;

/** In "`devenv.nix` or `shell.nix`" one of the two is enough. */
function alternatives(path: string, context: string): string[] {
  return [...context.matchAll(/`([^`]+)` or `([^`]+)`/g)].flatMap(([, a = '', b = '']) =>
    a === path ? [b] : b === path ? [a] : [],
  );
}

/** Publicly known tools at command positions. */
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

/** Capitalised words that are the name of a program and not an ordinary word. */
function properNames(prose: string): string[] {
  return [...prose.matchAll(/(?<![\w/.-])[A-Z][a-z]+(?![\w/]|\.\w)/g)]
    .map(([name]) => name)
    .filter((name) => name.length > 3 && publicTools.has(name.toLowerCase()) && !ordinaryWords.has(name.toLowerCase()));
}

const ordinaryWords = new Set(
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

/** A file or folder of the configuration: with a slash or a known extension, without blanks, variables and hosts. */
function looksLikePath(code: string): boolean {
  if (!/^[\w.@*<>{},/-]+$/.test(code) || /^(https?:|~|\/|-|@)/.test(code) || code.includes('//')) return false;
  if (/^\.?[\w-]+(\.[\w-]+)*\/$/.test(code) || /\.(nix|md|sh|json|ya?ml|toml|lock|py|ts|js)$/.test(code)) return true;
  return /^\.?[\w-]+\/[\w.*<>/-]+$/.test(code) && /\/.*\/|\.\w+$/.test(code);
}
