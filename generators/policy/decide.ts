import type { RuleDecision } from '../evidence/policies.ts';
import { commandFacts } from '../lang/shell/command-table.ts';
import { parseBashLine } from '../lang/shell/shell-line.ts';
import { accesses, redirected } from './accesses.ts';
import type { Access, Exec, Finding, Match, ToolCall } from './call.ts';
import { readLine } from './execs.ts';
import { commandsOfCode, inlineCode } from './inline-code.ts';
import { baseName, shell } from './names.ts';
import { ruleOf } from './rules/rules.ts';
import type { CompiledRule, Policies } from './schema.ts';
import { toolAccesses, toolCommands } from './tool-inputs.ts';
import { shown } from './wording.ts';
import type { World } from './world.ts';

export interface Verdict {
  /** null: no rule matches, and the client goes on as without the hook. */
  decision: RuleDecision | null;
  /** The strictest first. */
  findings: Finding[];
}

/** What the active rules decide about a tool call. */
export function decide(call: ToolCall, policies: Policies, world: World): Verdict {
  const applicable = policies.rules.filter((rule) => ruleOf(rule).appliesTo?.(call.tool, rule) ?? true);
  const findings = checkTool(call, applicable, policies, world);
  const commands = toolCommands(call);
  if (commands === null) findings.push(...unclearFinding('The call has no command.', policies));
  for (const { text, code } of commands ?? []) {
    // Advice is about lines of the user's shell.
    const rules = call.tool === 'Bash' ? applicable : applicable.filter(({ decision }) => decision !== 'advise');
    findings.push(...(code ? checkScript : checkCommand)(text, rules, policies, world, 0));
  }
  return verdict(findings);
}

/** Checks a text that is a shell script or code of another language: what is certain in either counts. */
function checkScript(...[text, rules, policies, world, depth]: Check): Finding[] {
  const asShell = checkCommand(text, rules, { ...policies, unclear: 'pass' }, world, depth);
  return [...asShell, ...checkCode(text, rules, policies, world, depth)];
}

const order: readonly RuleDecision[] = ['advise', 'ask', 'block'];

function verdict(findings: readonly Finding[]): Verdict {
  const unique = [...new Map(findings.toReversed().map((one) => [`${one.rule} ${one.reason}`, one])).values()];
  unique.reverse().sort((a, b) => order.indexOf(b.decision) - order.indexOf(a.decision));
  return { decision: unique[0]?.decision ?? null, findings: unique };
}

function checkTool(call: ToolCall, rules: readonly CompiledRule[], policies: Policies, world: World): Finding[] {
  const files = toolAccesses(call, world);
  return rules.flatMap((compiled) => {
    const rule = ruleOf(compiled);
    const matches = [
      rule.checkTool?.(call, compiled, world) ?? null,
      ...files.map((file) => rule.checkFile?.(file, compiled, world) ?? null),
    ];
    return toFindings(compiled, matches, policies);
  });
}

function checkCommand(
  command: string,
  rules: readonly CompiledRule[],
  policies: Policies,
  world: World,
  depth: number,
): Finding[] {
  const { line, execs, cwd } = readLine(command, world);
  const findings: Finding[] = [];
  const redirects = new Map(execs.flatMap((exec) => exec.redirections.map((redirection) => [redirection, exec])));
  const files: Access[] = [
    ...execs.flatMap(accesses),
    ...line.redirections.flatMap((redirection) => redirected(redirection, redirects.get(redirection), cwd) ?? []),
  ];
  for (const compiled of rules) {
    // Advice is only for lines that are understood.
    if (compiled.decision === 'advise' && !line.understood) continue;
    const rule = ruleOf(compiled);
    const matches = [
      ...execs.map((exec) => rule.checkCommand?.(exec, compiled, world) ?? null),
      ...files.map((file) => rule.checkFile?.(file, compiled, world) ?? null),
      rule.checkLine?.(execs, compiled) ?? null,
    ];
    findings.push(...toFindings(compiled, matches, policies));
  }
  if (!isStrict(policies)) return findings;
  if (!line.understood) findings.push(...unclearFinding('The command could not be understood completely.', policies));
  for (const exec of execs) {
    const unclear = opaque(exec);
    if (unclear !== null) findings.push(...unclearFinding(unclear, policies));
  }
  for (const { text } of depth < 3 ? line.aliases : []) {
    findings.push(...checkInner(unquoted(text ?? ''), rules, policies, world, depth));
  }
  for (const exec of depth < 3 ? execs : []) {
    const { code, commands } = inlineCode(exec);
    for (const text of commands) findings.push(...checkInner(text, rules, policies, world, depth));
    for (const text of code) findings.push(...checkCode(text, rules, policies, world, depth));
  }
  return findings;
}

const unquoted = (text: string): string => /^(['"])([\s\S]*)\1$/.exec(text)?.[2] ?? text;

type Check = Parameters<typeof checkCommand>;

/** Checks code of another language. */
function checkCode(...[code, rules, policies, world, depth]: Check): Finding[] {
  const found = rules.flatMap((compiled) =>
    toFindings(compiled, [ruleOf(compiled).checkCode?.(code, compiled, world) ?? null], policies),
  );
  for (const text of commandsOfCode(code)) found.push(...checkInner(text, rules, policies, world, depth));
  return found.map(atMostAsk);
}

/** Checks a text that may be a command. What it finds is likely and not certain, so it asks at most. */
function checkInner(...[text, rules, policies, world, depth]: Check): Finding[] {
  const strict = rules.filter(({ decision }) => decision !== 'advise');
  return checkCommand(text, strict, { ...policies, unclear: 'pass' }, world, depth + 1).map(atMostAsk);
}

const atMostAsk = (finding: Finding): Finding => ({
  ...finding,
  decision: finding.decision === 'block' ? 'ask' : finding.decision,
});

/** Why it is not known what a command runs; null where it is known. */
function opaque(exec: Exec): string | null {
  const { base, line, opaque: why } = exec;
  const name = shown(exec.word.raw, exec.args);
  if (base === null) return `Cannot tell which program \`${name}\` runs. Write its name.`;
  if (why === 'script from standard input') {
    const index = line.pipelines[exec.pipeline]?.stages[exec.stage - 1];
    const feeder = index == null ? undefined : line.invocations[index];
    const file =
      exec.stdin === 'redirect' ||
      (feeder?.name === 'cat' && feeder.args.length > 0 && feeder.args.every(({ text }) => text !== null));
    return file ? null : `Cannot tell what \`${base}\` would run: its script comes from a pipe.`;
  }
  if (why === 'script from an expansion') {
    // `. "$NVM_DIR/nvm.sh"`, `bash "$script"`: some file.
    const runsFile = base !== 'eval' && !exec.args.some(({ raw }) => /^-\w*c|^--command|<\(|`|\$\(/.test(raw));
    if (runsFile) return null;
    // `eval "$(direnv hook bash)"`
    const inside = exec.args.flatMap(({ raw }) => [...raw.matchAll(/\$\(([^()]*)\)|`([^`]*)`/g)]);
    const settings = ([, text, ticks]: RegExpExecArray): boolean => {
      const { invocations } = parseBashLine(text ?? ticks ?? '');
      return (
        invocations.length > 0 &&
        invocations.every(({ name: one }) => one !== null && commandFacts(baseName(one))?.printsSettings === true)
      );
    };
    if (!shell.test(base) && inside.length > 0 && inside.every(settings)) return null;
    return `Cannot tell what \`${name}\` would run: its script is the result of an expansion.`;
  }
  return null;
}

function toFindings(compiled: CompiledRule, matches: readonly (Match | null)[], policies: Policies): Finding[] {
  const name = ruleName(compiled);
  return matches.flatMap((match) => {
    if (match === null) return [];
    if (match.certainty === 'unclear') {
      return compiled.decision === 'advise' ? [] : unclearFinding(match.reason, policies, name);
    }
    const decision = match.certainty === 'cautious' && compiled.decision === 'block' ? 'ask' : compiled.decision;
    return [{ rule: name, decision, reason: match.reason, ...(match.once === undefined ? {} : { once: match.once }) }];
  });
}

/** A rule of the user's own has the name that the user gave it. */
const ruleName = (rule: CompiledRule): string =>
  'name' in rule && typeof rule.name === 'string' ? rule.name : rule.rule;

function unclearFinding(reason: string, policies: Policies, rule = 'unclear'): Finding[] {
  if (policies.unclear === 'pass' || !isStrict(policies)) return [];
  return [{ rule, decision: policies.unclear, reason }];
}

/** Whether a rule asks or blocks. */
const isStrict = ({ rules }: Policies): boolean => rules.some(({ decision }) => decision !== 'advise');
