import { staticName } from '../lang/nix/declarations/scope.ts';
import { childAt, nodeEnd, nodeStart, nodeText, type SyntaxNode } from '../lang/nix/syntax.ts';
import { lineAt } from './line-parts.ts';
import { type Plan, type Refusal, refuse } from './plan.ts';
import { removeChild } from './remove-child.ts';
import type { NixFile, SourceTree } from './source-tree.ts';
import { applyEdits, type FileEdit, type TextEdit } from './text-edit.ts';

/**
 * Removes an input that nothing uses from flake.nix and, with the inputs that only it needs, from flake.lock.
 */
export function dropInput(tree: SourceTree, name: string): Plan | Refusal {
  const flake = tree.files.find(({ file }) => file === 'flake.nix');
  if (flake === undefined) return refuse('there is no flake.nix that git knows');
  const bindings = inputBindings(flake, name);
  if (bindings.length === 0) return refuse(`flake.nix has no input ${name}`);
  const formals = formalsOf(flake, name);
  const own = [...bindings, ...formals];
  for (const source of tree.files) {
    const use = findUse(source, name, source === flake ? own : []);
    if (use !== undefined) return refuse(`${name} is used at ${source.file}:${lineOf(source, use)}`);
  }
  const edits: FileEdit[] = [];
  for (const binding of bindings) {
    const set = flake.parentOf(binding);
    if (set !== undefined) edits.push({ file: flake.file, ...removeChild(flake.tree, set, binding) });
  }
  for (const formal of formals) edits.push({ file: flake.file, ...removeFormal(flake, formal) });
  const locked = tree.lock === null ? [] : lockEdits(tree.lock, name);
  if (locked === null) return refuse('flake.lock has another form than Nix writes, or other inputs follow this one');
  edits.push(...locked.map((edit) => ({ file: 'flake.lock', ...edit })));
  const claim = {
    kind: 'same' as const,
    text: `drops the input ${name}, which nothing uses`,
    packages: [],
    options: [],
  };
  return { edits, claim: { ...claim, hosts: null } };
}

const lineOf = ({ tree }: NixFile, node: SyntaxNode): number =>
  tree.text.slice(0, nodeStart(tree, node)).split('\n').length;

/** `inputs.NAME…` and the bindings of NAME in `inputs = { … }`. */
function inputBindings({ tree }: NixFile, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const [flake] = tree.root.children;
  for (const binding of flake?.children ?? []) {
    const names = namesOf({ tree }, binding);
    if (names[0] !== 'inputs') continue;
    if (names[1] === name) found.push(binding);
    if (names.length > 1) continue;
    for (const input of binding.children[1]?.children ?? [])
      if (namesOf({ tree }, input)[0] === name) found.push(input);
  }
  return found;
}

function namesOf({ tree }: Pick<NixFile, 'tree'>, binding: SyntaxNode): string[] {
  return binding.kind === 'binding' ? childAt(binding, 0).children.map((one) => staticName(tree, one)) : [];
}

/** The argument NAME of `outputs`. */
function formalsOf({ tree }: NixFile, name: string): SyntaxNode[] {
  const [flake] = tree.root.children;
  const outputs = flake?.children.find((binding) => namesOf({ tree }, binding)[0] === 'outputs');
  const parameter = outputs?.children[1]?.children[0];
  const formals = parameter?.kind === 'bound-formals' ? parameter.children : [parameter];
  return formals.flatMap((one) =>
    one?.kind === 'formals' ? one.children.filter(({ children: [own] }) => own && nodeText(tree, own) === name) : [],
  );
}

/** A name or a string that may mean the input: better a refusal than a wrong edit. */
function findUse({ tree }: NixFile, name: string, except: readonly SyntaxNode[]): SyntaxNode | undefined {
  const open = [tree.root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (except.includes(node)) continue;
    if (node.kind === 'identifier' && nodeText(tree, node) === name) return node;
    if (node.kind === 'string' && /^"([^"/]+)(?:\/[^"]*)?"$/.exec(nodeText(tree, node))?.[1] === name) return node;
    open.push(...node.children);
  }
  return undefined;
}

/** `{ self, nixpkgs, extra, ... }` without `extra`, with its comma. */
function removeFormal({ tree }: NixFile, formal: SyntaxNode): TextEdit {
  const { text } = tree;
  const start = nodeStart(tree, formal);
  const after = /^\s*,[ \t]*/.exec(text.slice(nodeEnd(tree, formal)))?.[0];
  if (after === undefined) {
    const before = /,\s*$/.exec(text.slice(0, start))?.[0] ?? '';
    return { start: start - before.length, end: nodeEnd(tree, formal), text: '' };
  }
  const end = nodeEnd(tree, formal) + after.length;
  const line = lineAt(text, start);
  const isAlone = text.slice(line.start, start).trim() === '' && end >= line.end;
  return isAlone ? { start: line.start, end: line.next, text: '' } : { start, end, text: '' };
}

interface LockNode {
  inputs?: Record<string, string | string[]>;
}

/** The blocks of a lock file that only an input needs; null: they cannot be told apart. */
function lockEdits(text: string, name: string): TextEdit[] | null {
  const lock: { nodes: Record<string, LockNode>; root: string } = JSON.parse(text);
  if (`${JSON.stringify(lock, null, 2)}\n` !== text) return null;
  const root = lock.nodes[lock.root];
  if (root?.inputs?.[name] === undefined) return [];
  const follows = Object.values(lock.nodes).some((node) =>
    Object.values(node.inputs ?? {}).some((input) => Array.isArray(input) && input[0] === name),
  );
  if (follows) return null;
  const inputs = { ...root.inputs };
  delete inputs[name];
  const nodes: Record<string, LockNode> = { ...lock.nodes, [lock.root]: { ...root, inputs } };
  const reached = reachedFrom(nodes, lock.root);
  const left = Object.fromEntries(Object.entries(nodes).filter(([node]) => reached.has(node)));
  const next = `${JSON.stringify({ ...lock, nodes: left }, null, 2)}\n`;
  return lineEdits(text, next);
}

function reachedFrom(nodes: Readonly<Record<string, LockNode>>, root: string): Set<string> {
  const reached = new Set<string>();
  const open = [root];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    open.push(...Object.values(nodes[name]?.inputs ?? {}).filter((input) => typeof input === 'string'));
  }
  return reached;
}

/**
 * The edits that lead from the text of a lock file to one with fewer blocks, whose lines may lack a comma at their end.
 * What is left begins with a name that no other block of its set has.
 */
function lineEdits(text: string, next: string): TextEdit[] | null {
  const now = next.split('\n');
  const edits: TextEdit[] = [];
  let start = 0;
  let at = 0;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    const wanted = now[at];
    if (line === wanted) at += 1;
    else if (line === `${wanted},`) {
      edits.push({ start: end - 1, end, text: '' });
      at += 1;
    } else edits.push({ start, end: end + 1, text: '' });
    start = end + 1;
  }
  return applyEdits(text, edits) === next ? edits : null;
}
