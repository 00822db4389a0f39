import type { RuleDecision } from '../evidence/policies.ts';
import { commandFacts } from '../lang/shell/command-table.ts';
import { accesses, redirected } from './accesses.ts';
import type { Access, Exec, Finding, Match, ToolCall } from './call.ts';
import { readLine } from './execs.ts';
import { inlineCode } from './inline-code.ts';
import { shell } from './names.ts';
import { ruleOf } from './rules/rules.ts';
import type { CompiledRule, Policies } from './schema.ts';
import { toolAccesses } from './tool-accesses.ts';
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
  if (call.tool === 'Bash') {
    const { command } = call.input;
    if (typeof command === 'string') findings.push(...checkCommand(command, applicable, policies, world, 0));
    else findings.push(...unclearFinding('The call has no command.', policies));
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

function checkTool(call: ToolCall, rules: readonly CompiledRule[], policies: Policies, world: World): Finding[] {
  const files = toolAccesses(call, world);
  return rules.flatMap((compiled) => {
    const rule = ruleOf(compiled);
    const matches = [
      rule.checkTool?.(call, compiled) ?? null,
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
  const files: Access[] = [
    ...execs.flatMap(accesses),
    ...line.redirections.flatMap((redirection) => redirected(redirection, cwd) ?? []),
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
  if (depth < 3) {
    const inner = [...execs.flatMap(inlineCode), ...line.aliases.map(({ text }) => unquoted(text ?? ''))];
    for (const text of inner) findings.push(...checkCode(text, rules, policies, world, depth + 1));
  }
  return findings;
}

const unquoted = (text: string): string => /^(['"])([\s\S]*)\1$/.exec(text)?.[2] ?? text;

/** Checks a string of other code as a command. What it finds is likely and not certain, so it asks at most. */
function checkCode(
  text: string,
  rules: readonly CompiledRule[],
  policies: Policies,
  world: World,
  depth: number,
): Finding[] {
  const strict = rules.filter(({ decision }) => decision !== 'advise');
  const found = checkCommand(text, strict, { ...policies, unclear: 'pass' }, world, depth);
  for (const compiled of rules) {
    found.push(...toFindings(compiled, [ruleOf(compiled).checkCode?.(text, compiled) ?? null], policies));
  }
  return found.map((finding) => ({ ...finding, decision: finding.decision === 'block' ? 'ask' : finding.decision }));
}

/** Why it is not known what a command runs; null where it is known. */
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
    return file ? null : `Cannot tell what \`${base}\` would run: its script comes from a pipe.`;
  }
  if (why === 'script from an expansion') {
    // `. "$NVM_DIR/nvm.sh"`, `bash "$script"`: some file.
    const runsFile = base !== 'eval' && !exec.args.some(({ raw }) => /^-\w*c|^--command|<\(|`|\$\(/.test(raw));
    if (runsFile) return null;
    const inside = line.invocations.filter(({ place }) => place === 'substitution');
    if (
      !shell.test(base) &&
      inside.length > 0 &&
      inside.every(({ name: one }) => one !== null && commandFacts(one)?.printsSettings === true)
    )
      return null;
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
    return [{ rule: name, decision, reason: match.reason }];
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
