import { publicTools } from '../../data/public-tools.ts';
import { spellOptionPath } from '../../lang/nix/option-path.ts';
import { parseBashLine } from '../../lang/shell/shell-line.ts';
import { missingPaths } from './check-paths.ts';
import type { Checkout } from './checkout.ts';
import type { Finding } from './finding.ts';
import type { KnownFacts } from './known-facts.ts';
import type { OptionCheck } from './known-options.ts';
import { nixClaims } from './nix-claims.ts';
import type { PackageState } from './package-states.ts';
import { type Span, spansOf } from './spans.ts';
import { wrongCounts } from './wrong-counts.ts';
import { wrongCountsOfFolders } from './wrong-counts-of-folders.ts';

/** What a text is checked against. */
export interface Known {
  facts: KnownFacts;
  checkout: Omit<Checkout, 'root'>;
  /** The place of the text, to which paths may be relative. */
  place: string;
  /** Undefined: the options are not known. */
  option?: OptionCheck | undefined;
  /** Of the packages that {@link packagesIn} found; those that are absent are not known. */
  packages?: ReadonlyMap<string, PackageState>;
}

/**
 * Checks a text for agents or people (CLAUDE.md, AGENTS.md, README, a policy file) against the configuration: tools that
 * it mentions and that are not installed, options and packages that were renamed or removed or do not exist, paths that
 * do not exist, wrong counts. Only what is certain is reported.
 */
export function checkContext(
  markdown: string,
  file: string,
  { facts, checkout, place, option, packages }: Known,
): Finding[] {
  const findings = new Map<string, Finding>();
  const add = (line: number, subject: string, found: Omit<Finding, 'file' | 'line'>): void => {
    const key = `${found.kind} ${subject.toLowerCase()}`;
    if (!findings.has(key)) findings.set(key, { file, line, ...found });
  };
  const unknown: string[] = [];
  const installed = 'the packages of the configuration';
  for (const span of spansOf(markdown)) {
    const { line, text, kind, context } = span;
    const sentence = kind === 'code' ? sentenceOf(context, text) : context;
    if (isAboutAnother(sentence)) continue;
    if (kind === 'code' || kind === 'nix') {
      const claims = claimsOf(span);
      for (const { name, at } of claims.options) {
        // What is below an unknown option is unknown, too.
        if (unknown.some((above) => name.startsWith(`${above}.`))) continue;
        const found = option?.(name) ?? null;
        if (found === null) continue;
        unknown.push(name);
        add(at, name, found);
      }
      for (const { name, at } of claims.packages) {
        const state = packages?.get(name);
        if (state?.state === 'absent') {
          const message = `there is no package \`pkgs.${name}\``;
          add(at, name, { kind: 'no such package', message, evidence: installed });
        } else if (state?.state === 'removed') {
          const message = `\`pkgs.${name}\` cannot be used: ${state.message}`;
          add(at, name, { kind: 'removed package', message, evidence: 'nixpkgs' });
        }
      }
    }
    for (const { subject, line: at, ...found } of missingPaths(span, sentence, place, checkout)) {
      add(at, subject.replace(/^\.\//, ''), { kind: 'no such file', ...found });
    }
    // "No `nix-env -i`", "Plasma was shelved": the text does not claim that the tool is installed.
    if (negation.test(context)) continue;
    if (kind === 'prose') {
      for (const name of properNames(text)) {
        if (!facts.installed.has(name.toLowerCase())) {
          const message = `\`${name}\` is mentioned but not installed`;
          add(line, name, { kind: 'not installed', message, evidence: installed });
        }
      }
      for (const { statement, found } of wrongCounts(text, facts.evaluated)) {
        add(line, statement, { kind: 'wrong count', message: `"${statement}": ${found}`, evidence: installed });
      }
      for (const { statement, found } of wrongCountsOfFolders(context, checkout)) {
        const message = `"${statement}": ${found}`;
        add(line, statement, { kind: 'wrong count', message, evidence: 'the files of the checkout' });
      }
    } else if ((kind === 'code' || kind === 'shell') && facts.commands !== undefined) {
      for (const name of commandsIn(text)) {
        if (!facts.commands.has(name) && !facts.installed.has(name)) {
          const message = `the command \`${name}\` is not installed`;
          add(line, name, { kind: 'not installed', message, evidence: installed });
        }
      }
    }
  }
  return [...findings.values()];
}

/** The packages that a text names as `pkgs.NAME` or in a list of packages: attribute paths below `pkgs`. */
export function packagesIn(markdown: string): string[] {
  const names = spansOf(markdown).flatMap((span) => claimsOf(span).packages.map(({ name }) => name));
  return [...new Set(names)];
}

interface Claim {
  name: string;
  at: number;
}

const none = { options: [], packages: [] };
const optionSpan =
  /^((?:(?:config|osConfig|options)\.)?[a-zA-Z][\w-]*(?:\.(?:[\w'-]+|"[^"]*"|<[^<>]+>|\*))+)\.?(?:\s*=[^=].*|;)?$/s;
/** Attributes of a package that are not in a package set. */
const ofPackage = /\.(?:override\w*|meta|passthru|out|bin|dev|man|version|pname|name|outPath|src)(?:\.|$)/;
/** Names that stand for a package of the reader's. */
const inventedPackage =
  /^(?:my|your|some|new|example|package|packages|pkg|custom|foo|bar|baz|tool|name|xxx?)(?:$|[-_A-Z\d])|name$|[<>{}$*…]/i;

/** The options and packages that a code span or a block of Nix names. */
function claimsOf({ kind, text, line }: Span): { options: Claim[]; packages: Claim[] } {
  if (kind === 'code') {
    const option = optionSpan.exec(text)?.[1];
    const packages = text.includes('pkgs.') ? nixClaims(text).packages : [];
    return {
      options: option === undefined || option.startsWith('pkgs.') ? [] : [{ name: option, at: line }],
      packages: packages.flatMap(({ names }) => packageClaim(names, line)),
    };
  }
  if (kind !== 'nix') return none;
  const { options, packages } = nixClaims(text);
  return {
    options: options.map(({ names, line: own }) => ({ name: spellOptionPath(names), at: line + own - 1 })),
    packages: packages.flatMap(({ names, line: own }) => packageClaim(names, line + own - 1)),
  };
}

function packageClaim(names: readonly string[], at: number): Claim[] {
  const name = names.join('.').replace(ofPackage, '');
  return name === '' || names.some((part) => inventedPackage.test(part)) ? [] : [{ name, at }];
}

/** The sentence of a paragraph that has a code span. */
function sentenceOf(context: string, code: string): string {
  const sentences = context.split(/(?<=[.!?;])\s+/);
  return sentences.filter((sentence) => sentence.includes(`\`${code}\``)).join(' ') || context;
}

const negation =
  /\b(no|not|never|don't|do not|without|removed|replaced|shelved|instead of|avoid|deprecated|unlike|formerly)\b/i;
const otherSystem =
  /\b(?:darwin|macos|mac os|touch ?id|devenv|treefmt|nixvim|flake-parts|home ?brew|arch linux|ubuntu)\b/i;
const otherTime = /\b(?:renamed|used to|was called|legacy|old(?:er)? (?:name|option)|previously|before \d|until \d)\b/i;

/** Whether a sentence denies what it names, or speaks of another system or time. */
function isAboutAnother(sentence: string): boolean {
  const prose = sentence.replace(/`[^`]*`/g, '');
  return negation.test(prose) || otherSystem.test(prose) || otherTime.test(prose);
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
