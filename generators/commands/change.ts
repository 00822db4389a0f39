import { writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { bytes } from '../bytes.ts';
import { planChange, type Request } from '../edit/change.ts';
import { isRefusal, type Limits, type Plan } from '../edit/plan.ts';
import { isClean, openCheckout } from '../edit/proof/checkout.ts';
import { type Proof, prove } from '../edit/proof/prove.ts';
import { readFlake } from '../edit/read-flake.ts';
import { type SourceTree, textOf } from '../edit/source-tree.ts';
import { applyEdits, byFile } from '../edit/text-edit.ts';
import { diffOf } from '../edit/unified-diff.ts';
import { isUserError, UserError } from '../errors.ts';
import { spellOptionPath, splitOptionPath } from '../lang/nix/option-path.ts';
import { parse } from '../lang/nix/parse.ts';
import { outputReader } from '../lookup/read-output.ts';
import { plainText, visible } from '../text.ts';
import { defineCommand, type Values } from './command.ts';
import { dirOption } from './look-up-options.ts';
import { type Report, withProgress } from './progress.ts';

const verbs = [
  'add',
  'remove',
  'dedupe',
  'move',
  'replace',
  'enable',
  'disable',
  'set',
  'rename',
  'drop-input',
] as const;

const options = {
  user: { type: 'boolean', help: 'only the list of a user: home.packages, users.users.<name>.packages' },
  system: { type: 'boolean', help: 'only the list of the system' },
  host: { type: 'string', value: 'HOST', help: 'change this configuration and no other' },
  file: { type: 'string', value: 'FILE', help: 'only in this file, relative to the flake' },
  why: { type: 'string', value: 'TEXT', help: 'with add: the comment behind the package' },
  to: { type: 'string', value: 'SCOPE', help: 'with move: user or system' },
  ...dirOption,
  flake: { type: 'string', value: 'DIR', help: 'folder of the flake (default: this folder)' },
  apply: { type: 'boolean', help: 'write the change, if git sees no other in the checkout' },
  'no-eval': { type: 'boolean', help: 'print the diff without evaluating: unproved' },
  json: { type: 'boolean', help: 'as JSON: refused, diff, claim, proof' },
} as const;

export const command = defineCommand({
  name: 'change',
  usage: 'VERB … [--user | --system] [--host HOST] [--file FILE] [--flake DIR] [--apply | --no-eval] [-- NIX OPTIONS]',
  description: `
  change add PACKAGE [--why TEXT]       change remove PACKAGE
  change dedupe PACKAGE                 change move PACKAGE --to user|system
  change replace OLD NEW
  change enable OPTION                  change disable OPTION
  change set OPTION VALUE               change rename [OPTION]
  change drop-input NAME

Prints an edit of the configuration's source as a unified diff, with proof. Every byte outside the edited element
stays. The configurations are evaluated before and after the edit, in copies of the files that git knows; if they
differ in anything else than the change says, it is refused. What cannot be edited safely is refused, with the
reason and the next best place. Writes nothing without --apply. Options after -- go to nix.

  change add ripgrep --why "searches code"
  change remove ripgrep --host laptop
  change move htop --to user --apply
  change enable services.tailscale
  change rename services.xserver.displayManager.gdm.enable
  change set networking.hostName '"laptop"'

Exit status 1: refused.`,
  options,
  completes: verbs,
  async run({ values, positionals }) {
    const { request, nixOptions } = requestOf(positionals, values);
    if (values.apply && values['no-eval']) {
      throw new UserError('usage', 'expected --apply or --no-eval, got both: only a proved change is applied');
    }
    const folder = resolve(values.flake ?? '.');
    const checkout = await openCheckout(folder);
    const tree = await readFlake(checkout);
    const result = planChange(tree, request, limitsOf(values, folder));
    if (isRefusal(result)) return answer(values, { refused: result.refused, next: result.next });
    const diff = diffOf(tree, result.edits);
    if (values['no-eval']) return answer(values, { plan: result, diff });
    const proof = await withProgress('evaluating', (report) =>
      prove({ checkout, tree, plan: result, diff, nixOptions, onProgress: progress(report) }),
    );
    if (proof.differs.length > 0) {
      return answer(values, {
        refused: 'the evaluated configurations differ otherwise',
        next: [],
        plan: result,
        proof,
      });
    }
    const sizes = sizesOf(result, values.dir);
    if (!values.apply) return answer(values, { plan: result, diff, proof, sizes });
    if (!(await isClean(checkout))) {
      const next = ['commit or stash the other changes', 'apply the diff by hand: git apply'];
      return answer(values, { refused: 'the checkout has uncommitted changes', next, plan: result, diff, proof });
    }
    const files = await write(folder, tree, result);
    return answer(values, { plan: result, diff, proof, sizes, undo: `git -C ${folder} restore ${files.join(' ')}` });
  },
});

function requestOf(
  positionals: readonly string[],
  { to, why, dir }: Values<typeof options>,
): { request: Request; nixOptions: string[] } {
  const [verb = '', ...rest] = positionals;
  if (verb === 'rename') return renameRequest(rest, dir);
  const arity = verb === 'replace' || verb === 'set' ? 2 : 1;
  const args = rest.slice(0, arity);
  const nixOptions = rest.slice(arity);
  const [first, second = ''] = args;
  const isWrong = args.length < arity || first?.startsWith('-') || /^[^-]/.test(nixOptions[0] ?? '');
  if (isWrong || first === undefined)
    throw usage(`expected one of ${verbs.join(', ')} and its arguments, got \`${visible(positionals.join(' '))}\``);
  if (why !== undefined && verb !== 'add') throw usage('--why is for `change add`');
  switch (verb) {
    case 'add':
      return {
        request: { verb, package: packageName(first), why: why === undefined ? null : plainText(why, 200) || null },
        nixOptions,
      };
    case 'remove':
    case 'dedupe':
      return { request: { verb, package: packageName(first) }, nixOptions };
    case 'move':
      if (to !== 'user' && to !== 'system') throw usage('expected --to user or --to system');
      return { request: { verb, package: packageName(first), to }, nixOptions };
    case 'replace':
      return { request: { verb, old: packageName(first), next: packageName(second) }, nixOptions };
    case 'enable':
    case 'disable': {
      const option = first.endsWith('.enable') ? first : `${first}.enable`;
      return { request: { verb: 'set', option: optionName(option), value: String(verb === 'enable') }, nixOptions };
    }
    case 'set':
      return { request: { verb, option: optionName(first), value: expression(second) }, nixOptions };
    case 'drop-input':
      return { request: { verb, input: first }, nixOptions };
    default:
      throw usage(`expected one of ${verbs.join(', ')}, got \`${visible(verb)}\``);
  }
}

/** The former names are those of the linked output, which has them from the modules. */
function renameRequest(rest: readonly string[], dir: string | undefined): { request: Request; nixOptions: string[] } {
  const [first] = rest;
  const option = first === undefined || first.startsWith('-') ? null : optionName(first);
  const renames = outputReader(dir)
    .read('renamed')
    .options.flatMap(({ name, to, form }) => (to === null || form === 'changed' ? [] : [{ name, to }]));
  return { request: { verb: 'rename', option, renames }, nixOptions: rest.slice(option === null ? 0 : 1) };
}

const usage = (message: string): UserError =>
  new UserError('usage', message, { hint: 'nixos-intelligence change --help' });

function packageName(text: string): string {
  const name = text.replace(/^(?:nixpkgs#|pkgs\.)/, '');
  if (/^[A-Za-z_][\w'-]*(?:\.[A-Za-z_][\w'-]*)*$/.test(name)) return name;
  throw usage(`expected the attribute of a package, got \`${visible(text)}\``);
}

function optionName(text: string): string {
  const names = splitOptionPath(text);
  if (names.length > 1 && spellOptionPath(names) === text && !/[<>*]/.test(text)) return text;
  throw usage(`expected the full name of an option, got \`${visible(text)}\``);
}

function expression(text: string): string {
  const { root, problems } = parse(text);
  const [node] = root.children;
  const isWord = node?.kind === 'identifier' && !/^(?:true|false|null)$/.test(text);
  if (problems.length === 0 && !isWord && text.trim() === text && !/[#\n]/.test(text)) return text;
  throw new UserError('usage', `expected a value in Nix notation, got \`${visible(text)}\``, {
    hint: `a string has quotes: '"${visible(text)}"'`,
  });
}

function limitsOf({ user, system, host, file }: Values<typeof options>, flake: string): Limits {
  if (user && system) throw usage('expected --user or --system, got both');
  return {
    scope: user ? 'user' : system ? 'system' : null,
    host: host ?? null,
    file: file === undefined ? null : relative(flake, resolve(flake, file)),
  };
}

async function write(folder: string, tree: SourceTree, { edits }: Plan): Promise<string[]> {
  const files = byFile(edits);
  for (const [file, own] of files) await writeFile(join(folder, file), applyEdits(textOf(tree, file), own));
  return [...files.keys()];
}

/** What the removed packages free, from the dependency graph of the linked output; nothing where there is none. */
function sizesOf({ claim }: Plan, dir: string | undefined): string[] {
  const removed = [...new Set(claim.packages.flatMap((one) => (one.change === 'removed' ? [one.package] : [])))];
  if (removed.length === 0 || claim.kind !== 'effects') return [];
  try {
    const { packages } = outputReader(dir).read('dependency_graph');
    return packages
      .filter(({ id, name }) => removed.includes(id) || removed.includes(name))
      .map(
        ({ name, exclusiveSize }) => `frees ${bytes(exclusiveSize, 3)} on this host, if nothing else declares ${name}`,
      );
  } catch (error) {
    if (!isUserError(error)) throw error;
    return [];
  }
}

/** `laptop (2 of 4, about 20 s left)` */
function progress(report: Report): (host: string, index: number, count: number) => void {
  const start = Date.now();
  return (host, index, count) => {
    const seconds = Math.ceil((((Date.now() - start) / index) * (count - index)) / 1000);
    report(`${visible(host)} (${index + 1} of ${count}${index === 0 ? '' : `, about ${seconds} s left`})`);
  };
}

interface Answer {
  refused?: string;
  next?: readonly string[];
  plan?: Plan;
  diff?: string;
  proof?: Proof;
  sizes?: readonly string[];
  undo?: string;
}

function answer({ json }: Values<typeof options>, { refused, next, plan, diff, proof, sizes, undo }: Answer): number {
  if (json) {
    const shown = {
      refused: refused ?? null,
      next,
      diff: diff ?? null,
      claim: plan?.claim ?? null,
      proof: proof ?? null,
      undo,
    };
    process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    return refused === undefined ? 0 : 1;
  }
  const lines: string[] = [];
  if (refused !== undefined) lines.push(`refused: ${refused}`, ...(next ?? []).map((text) => `  next best: ${text}`));
  if (diff !== undefined && refused === undefined) process.stdout.write(diff);
  if (plan !== undefined) lines.push(`claim: ${plan.claim.text}`);
  if (proof !== undefined) lines.push(...proofLines(proof));
  else if (refused === undefined) lines.push('unproved: nothing was evaluated');
  lines.push(...(sizes ?? []));
  if (undo !== undefined) lines.push(`written; to undo it: ${undo}`);
  process.stdout.write(`${lines.map(visible).join('\n')}\n`);
  return refused === undefined ? 0 : 1;
}

function proofLines({ hosts, differs, failed, notImporting }: Proof): string[] {
  const changed = hosts.filter(({ claimed }) => claimed.length > 0);
  const same = hosts.filter(({ claimed, unclaimed }) => claimed.length + unclaimed.length === 0);
  return [
    ...differs.map((text) => `differs: ${text}`),
    ...(differs.length > 0
      ? []
      : changed.length === 0
        ? ['proved: no configuration changes']
        : [`proved: ${changed.length} of ${hosts.length} evaluated configurations change as claimed`]),
    ...changed.flatMap(({ name, claimed, consequences }) => [
      `  ${name}: ${claimed.join(', ')}`,
      ...consequences.map((text) => `    then ${text}`),
    ]),
    ...(same.length > 0 ? [`  unchanged: ${same.map(({ name }) => name).join(', ')}`] : []),
    ...(notImporting.length > 0 ? [`  does not import the file: ${notImporting.join(', ')}`] : []),
    ...failed.map(({ name, error }) => `  does not evaluate before the change, either: ${name} (${error})`),
  ];
}
