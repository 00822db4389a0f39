import type { RuleDecision } from '../evidence/policies.ts';
import { accesses, redirected } from './accesses.ts';
import { texts } from './arguments.ts';
import type { Access, Check, Exec, Finding, Match, ToolCall } from './call.ts';
import { readLine } from './execs.ts';
import { inlineCode } from './inline-code.ts';
import { shell } from './names.ts';
import { checks } from './rules/checks.ts';
import { toolMatches } from './rules/own.ts';
import type { CompiledRule, Policies } from './schema.ts';
import { secretPath } from './secret-paths.ts';
import { toolAccesses } from './tool-accesses.ts';
import { shown } from './wording.ts';
import type { World } from './world.ts';

export interface Verdict {
  /** null: nothing is said, and the client goes on as it would without the hook. */
  decision: RuleDecision | null;
  /** The strictest first. */
  findings: Finding[];
}

/** What the active rules say of a tool call. */
export function decide(call: ToolCall, policies: Policies, world: World): Verdict {
  const findings = [...checkTool(call, policies, world)];
  if (call.tool === 'Bash') {
    const { command } = call.input;
    if (typeof command === 'string') findings.push(...checkCommand(command, policies, world, 0));
    else findings.push(...unclearFinding('The call has no command to look at.', policies));
  }
  return verdict(findings);
}

const order: readonly RuleDecision[] = ['advise', 'ask', 'block'];

function verdict(findings: readonly Finding[]): Verdict {
  const unique = findings.filter(
    (one, index) => findings.findIndex(({ rule, reason }) => rule === one.rule && reason === one.reason) === index,
  );
  unique.sort((a, b) => order.indexOf(b.decision) - order.indexOf(a.decision));
  return { decision: unique[0]?.decision ?? null, findings: unique };
}

function checkTool(call: ToolCall, policies: Policies, world: World): Finding[] {
  const files = toolAccesses(call, world);
  return policies.rules.flatMap((rule) => {
    const check = checkOf(rule);
    const found = [check.tool?.(call, rule, world) ?? null];
    // A rule of the user's own about files may be about one tool only.
    if (rule.rule !== 'own' || toolMatches(rule, call.tool))
      found.push(...files.map((file) => check.access?.(file, rule, world) ?? null));
    return toFindings(rule, found, policies);
  });
}

function checkCommand(command: string, policies: Policies, world: World, depth: number): Finding[] {
  const { line, execs, cwd } = readLine(command, world);
  const findings: Finding[] = [];
  const strict = policies.rules.some(({ decision }) => decision !== 'advise');
  const files: Access[] = [
    ...execs.flatMap(accesses),
    ...line.redirections.flatMap((redirection) => redirected(redirection, cwd) ?? []),
  ];
  for (const rule of policies.rules) {
    if (rule.rule === 'own' && !toolMatches(rule, 'Bash')) continue;
    // Advice is for lines that are understood.
    if (rule.decision === 'advise' && !line.understood) continue;
    const check = checkOf(rule);
    const found = execs.map((exec) => check.command?.(exec, rule, world) ?? null);
    found.push(...files.map((file) => check.access?.(file, rule, world) ?? null));
    if (rule.rule === 'secrets') found.push(listedSecret(execs));
    findings.push(...toFindings(rule, found, policies));
  }
  if (!strict) return findings;
  if (!line.understood) findings.push(...unclearFinding('The command could not be understood whole.', policies));
  for (const exec of execs) {
    const unclear = opaque(exec);
    if (unclear !== null) findings.push(...unclearFinding(unclear, policies));
  }
  if (depth < 3) {
    const inner = [...execs.flatMap(inlineCode), ...line.aliases.map(({ text }) => unquoted(text ?? ''))];
    for (const text of inner) findings.push(...hidden(text, policies, world, depth + 1));
  }
  return findings;
}

const unquoted = (text: string): string => /^(['"])([\s\S]*)\1$/.exec(text)?.[2] ?? text;

/** What stands inside other code is likely, not certain: ask at most. */
function hidden(text: string, policies: Policies, world: World, depth: number): Finding[] {
  const strictOnly = {
    ...policies,
    rules: policies.rules.filter(({ decision }) => decision !== 'advise'),
    unclear: 'pass' as const,
  };
  const found = checkCommand(text, strictOnly, world, depth);
  const secret = secretPath(text);
  const secrets = policies.rules.find(({ rule }) => rule === 'secrets');
  if (secret !== null && secrets !== undefined) {
    found.push({
      rule: 'secrets',
      decision: secrets.decision,
      reason: `The code names \`${text.slice(0, 100)}\`, ${secret}.`,
    });
  }
  return found.map((finding) => ({ ...finding, decision: finding.decision === 'block' ? 'ask' : finding.decision }));
}

/** A file that is listed by name and read by what takes names from there: `find . -name .env | xargs cat`. */
function listedSecret(execs: readonly Exec[]): Match | null {
  const listers = /^(find|fd|fdfind|ls|echo|printf|git|rg|locate)$/;
  const reads = execs.some(
    (exec) =>
      /^(cat|bat|head|tail|less|more|base64|xxd|od|strings|grep|rg|cp|curl|tar)$/.test(exec.base ?? '') &&
      (exec.wrappers.some((wrapper) => /^(xargs|parallel|find|fd)$/.test(wrapper)) ||
        exec.args.some(({ text }) => text === null)),
  );
  if (!reads) return null;
  for (const exec of execs) {
    if (!listers.test(exec.base ?? '')) continue;
    for (const text of texts(exec.args)) {
      const what = secretPath(text.replace(/[*?]+$/, ''));
      if (what !== null)
        return {
          certainty: 'cautious',
          reason: `\`${text}\` is ${what}, and what lists it hands it to something that reads it.`,
        };
    }
  }
  return null;
}

/** What prints settings for the shell to take over: its output is a script that can be trusted as much as it. */
const printsSettings =
  /^(ssh-agent|direnv|brew|fnm|mise|opam|dircolors|starship|zoxide|rbenv|pyenv|nodenv|luarocks|keychain|gpgconf|asdf|conda|micromamba|atuin|fzf|register-python-argcomplete|nix|rustup|sccache|docker-machine|minikube|resize|tset|lesspipe|thefuck)$/;

/** Why it cannot be told what a command runs. */
function opaque(exec: Exec): string | null {
  const { base, line, opaque: why } = exec;
  const name = shown(exec.word.raw, exec.args);
  if (base === null) return `Cannot tell which program \`${name}\` runs. Write its name.`;
  if (why === 'script from standard input') {
    const feeders = line.invocations.filter((one) => one.pipeline === exec.pipeline && one.stage === exec.stage - 1);
    const file =
      exec.stdin === 'redirect' ||
      feeders.some(
        ({ name: one, args }) => one === 'cat' && args.length > 0 && args.every(({ text }) => text !== null),
      );
    return file ? null : `Cannot tell what \`${base}\` would run: its script comes out of a pipe.`;
  }
  if (why === 'script from an expansion') {
    // `. "$NVM_DIR/nvm.sh"`, `bash "$script"`: a file, whichever it is.
    const runsFile = base !== 'eval' && !exec.args.some(({ raw }) => /^-\w*c|^--command|<\(|`|\$\(/.test(raw));
    if (runsFile) return null;
    const inside = line.invocations.filter(({ place }) => place === 'substitution');
    if (!shell.test(base) && inside.length > 0 && inside.every(({ name: one }) => printsSettings.test(one ?? '')))
      return null;
    return `Cannot tell what \`${name}\` would run: its script is the result of an expansion.`;
  }
  return null;
}

function toFindings(rule: CompiledRule, matches: readonly (Match | null)[], policies: Policies): Finding[] {
  const name = rule.rule === 'own' ? rule.name : rule.rule;
  return matches.flatMap((match) => {
    if (match === null) return [];
    if (match.certainty === 'unclear') {
      return rule.decision === 'advise' ? [] : unclearFinding(match.reason, policies, name);
    }
    const decision = match.certainty === 'cautious' && rule.decision === 'block' ? 'ask' : rule.decision;
    return [{ rule: name, decision, reason: match.reason }];
  });
}

function unclearFinding(reason: string, policies: Policies, rule = 'unclear'): Finding[] {
  if (policies.unclear === 'pass' || policies.rules.every(({ decision }) => decision === 'advise')) return [];
  return [{ rule, decision: policies.unclear, reason }];
}

const checkOf = (rule: CompiledRule): Check<CompiledRule> => checks[rule.rule] as Check<CompiledRule>;
