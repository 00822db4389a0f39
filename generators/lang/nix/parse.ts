import type { NodeKind, SyntaxNode, SyntaxProblem, SyntaxTree } from './syntax.ts';
import { firstSignificant, TokenKind } from './token-kind.ts';
import { tokenize } from './tokenize.ts';

/** Maximum nesting: Nix has a limit, too. */
const deepest = 2000;
/** Maximum nesting if the stack of this process is too small for `deepest`. */
const alwaysPossible = 700;
/** How often a binding is parsed again to find the place of a missing semicolon. */
const maxRereads = 50;

const noChildren: SyntaxNode[] = [];

/** Binding powers of Nix's operators (`parser.y`), loosest first. */
const power = { implies: 2, or: 3, and: 4, equal: 5, compare: 6, update: 7, not: 8, has: 12, negate: 13 } as const;

interface Operator {
  power: number;
  group: 'left' | 'right' | 'none';
}

const operators: readonly (Operator | undefined)[] = /* @__PURE__ */ (() => {
  const table: (Operator | undefined)[] = new Array(TokenKind.End + 1).fill(undefined);
  const add = (level: number, group: Operator['group'], ...kinds: TokenKind[]) => {
    for (const kind of kinds) table[kind] = { power: level, group };
  };
  add(power.implies, 'right', TokenKind.Implies);
  add(power.or, 'left', TokenKind.OrOr);
  add(power.and, 'left', TokenKind.AndAnd);
  add(power.equal, 'none', TokenKind.Equal, TokenKind.NotEqual);
  add(power.compare, 'none', TokenKind.Less, TokenKind.Greater, TokenKind.LessEqual, TokenKind.GreaterEqual);
  add(power.update, 'right', TokenKind.Update);
  add(9, 'left', TokenKind.Plus, TokenKind.Minus);
  add(10, 'left', TokenKind.Times, TokenKind.Divide);
  add(11, 'right', TokenKind.Concat);
  add(power.has, 'left', TokenKind.Question);
  return table;
})();

/** Tokens that can begin a simple expression: an argument or a list element. */
const startsSimple = /* @__PURE__ */ (() => {
  const table = new Uint8Array(TokenKind.End + 1);
  for (const kind of [
    TokenKind.Identifier,
    TokenKind.Integer,
    TokenKind.Float,
    TokenKind.Path,
    TokenKind.PathText,
    TokenKind.SearchPath,
    TokenKind.Uri,
    TokenKind.StringOpen,
    TokenKind.IndentedOpen,
    TokenKind.Let,
    TokenKind.Rec,
    TokenKind.BraceOpen,
    TokenKind.BracketOpen,
    TokenKind.ParenOpen,
  ]) {
    table[kind] = 1;
  }
  return table;
})();

/** The name of a token in a message. */
const names: Partial<Record<TokenKind, string>> = {
  [TokenKind.Semicolon]: '`;`',
  [TokenKind.BraceClose]: '`}`',
  [TokenKind.BracketClose]: '`]`',
  [TokenKind.ParenClose]: '`)`',
  [TokenKind.BraceOpen]: '`{`',
  [TokenKind.Colon]: '`:`',
  [TokenKind.Assign]: '`=`',
  [TokenKind.In]: '`in`',
  [TokenKind.Then]: '`then`',
  [TokenKind.Else]: '`else`',
  [TokenKind.StringClose]: 'the end of the string',
  [TokenKind.IndentedClose]: 'the end of the string',
  [TokenKind.PathEnd]: 'the end of the path',
  [TokenKind.Identifier]: 'a name',
};

/**
 * Parses Nix source text into a tree that covers all of it: see `SyntaxTree`. Never throws: for a syntax error the
 * tree has an `error` node, and `problems` says what was expected.
 *
 * The syntax is that of Nix's `parser.y` with pipe operators. Nix's further checks are not made: undefined variables,
 * duplicate attributes and arguments, the range of integers.
 */
export function parse(text: string): SyntaxTree {
  try {
    return parseWithin(text, deepest);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return parseWithin(text, alwaysPossible);
  }
}

/** @param maxDepth rules of the grammar inside each other: two for parentheses, three for an attribute set */
function parseWithin(text: string, maxDepth: number): SyntaxTree {
  const tokens = tokenize(text);
  const { kinds, ends } = tokens;
  const count = kinds.length;
  const problems: SyntaxProblem[] = [];
  /** Index of the current significant token (`count` at the end) and its kind. */
  let at = 0;
  let kind: TokenKind = TokenKind.End;
  /** One past the last significant token that was taken. */
  let taken = 0;
  let depth = 0;
  let brackets = 0;
  let parens = 0;
  let rereads = 0;
  /** Arguments and list elements end before this token: where a reread places a missing semicolon. */
  let barrier = -1;
  let lastSelect = -1;

  const kindAt = (token: number): TokenKind => kinds[token] ?? TokenKind.End;
  const startOf = (token: number): number => ends[token - 1] ?? 0;
  /** Compares the current kind; a function, because TypeScript does not see that `advance` changes it. */
  const is = (wanted: TokenKind): boolean => kind === wanted;
  const settle = (): void => {
    while (kindAt(at) < firstSignificant) at += 1;
    kind = kindAt(at);
  };
  const advance = (): void => {
    at += 1;
    taken = at;
    settle();
  };
  const seek = (token: number): void => {
    at = token;
    settle();
  };
  const peek = (from: number): number => {
    let next = from + 1;
    while (kindAt(next) < firstSignificant) next += 1;
    return next;
  };

  const node = (nodeKind: NodeKind, first: number, children: SyntaxNode[]): SyntaxNode => ({
    kind: nodeKind,
    first,
    last: Math.max(taken, first),
    children,
  });
  const leaf = (nodeKind: NodeKind): SyntaxNode => {
    const first = at;
    advance();
    return { kind: nodeKind, first, last: taken, children: noChildren };
  };
  const problem = (message: string): void => {
    const start = startOf(at);
    // One message for each place: further messages there would have the same cause.
    if (problems.length > 0 && problems[problems.length - 1]?.start === start) return;
    problems.push({ start, end: ends[at] ?? start, message });
  };
  const missing = (): SyntaxNode => {
    problem('expected an expression');
    return { kind: 'error', first: taken, last: taken, children: noChildren };
  };
  const expect = (wanted: TokenKind): boolean => {
    if (kind === wanted) {
      advance();
      return true;
    }
    problem(`expected ${names[wanted] ?? 'something else'}`);
    return false;
  };
  /** Takes the current token as an error. */
  const skip = (): SyntaxNode => {
    const first = at;
    advance();
    return { kind: 'error', first, last: taken, children: noChildren };
  };

  const isFormals = (): boolean => {
    const next = peek(at);
    const nextKind = kindAt(next);
    if (nextKind === TokenKind.Ellipsis) return true;
    if (nextKind === TokenKind.BraceClose) {
      const after = kindAt(peek(next));
      return after === TokenKind.Colon || after === TokenKind.At;
    }
    if (nextKind !== TokenKind.Identifier) return false;
    const after = peek(next);
    const afterKind = kindAt(after);
    if (afterKind === TokenKind.Comma || afterKind === TokenKind.Question) return true;
    if (afterKind !== TokenKind.BraceClose) return false;
    const then = kindAt(peek(after));
    return then === TokenKind.Colon || then === TokenKind.At;
  };

  const formals = (): SyntaxNode => {
    const first = at;
    const children: SyntaxNode[] = [];
    advance();
    let open = true;
    while (kind !== TokenKind.BraceClose && kind !== TokenKind.End) {
      if (!open) {
        if (kind === TokenKind.Comma) {
          advance();
          open = true;
          continue;
        }
        problem('expected `,` or `}`');
        if (kind !== TokenKind.Identifier && kind !== TokenKind.Ellipsis) {
          if (kind === TokenKind.Colon || kind === TokenKind.Semicolon || kind === TokenKind.Assign) break;
          children.push(skip());
          continue;
        }
      }
      if (kind === TokenKind.Identifier) {
        const start = at;
        const parts = [leaf('identifier')];
        if (is(TokenKind.Question)) {
          advance();
          parts.push(expression());
        }
        children.push(node('formal', start, parts));
        open = false;
      } else if (kind === TokenKind.Ellipsis) {
        advance();
        if (!is(TokenKind.BraceClose)) problem('expected `}`: `...` is the last');
        open = false;
      } else {
        problem('expected a name, `...` or `}`');
        if (is(TokenKind.Colon) || is(TokenKind.Semicolon)) break;
        children.push(skip());
      }
    }
    expect(TokenKind.BraceClose);
    return node('formals', first, children);
  };

  const lambda = (first: number, parameter: SyntaxNode): SyntaxNode => {
    expect(TokenKind.Colon);
    return node('lambda', first, [parameter, expression()]);
  };

  /** `expr_function` */
  const expression = (): SyntaxNode => {
    if (depth >= maxDepth) return tooDeep();
    depth += 1;
    const result = expressionHere();
    depth -= 1;
    return result;
  };

  /** Beyond the maximum nesting the rest of the text becomes one error, so that the tree still covers all of it. */
  const tooDeep = (): SyntaxNode => {
    problem('nested too deeply');
    const first = at;
    at = count;
    taken = count;
    kind = TokenKind.End;
    return { kind: 'error', first: Math.min(first, count), last: count, children: noChildren };
  };

  const expressionHere = (): SyntaxNode => {
    const first = at;
    switch (kind) {
      case TokenKind.Identifier: {
        const next = kindAt(peek(at));
        if (next === TokenKind.Colon) return lambda(first, leaf('identifier'));
        if (next === TokenKind.At) {
          const name = leaf('identifier');
          advance();
          if (!is(TokenKind.BraceOpen)) {
            problem('expected `{`');
            return lambda(first, name);
          }
          const set = formals();
          return lambda(first, node('bound-formals', first, [name, set]));
        }
        return piped();
      }
      case TokenKind.BraceOpen: {
        if (!isFormals()) return piped();
        const set = formals();
        if (!is(TokenKind.At)) return lambda(first, set);
        advance();
        if (!is(TokenKind.Identifier)) {
          problem('expected a name');
          return lambda(first, set);
        }
        const name = leaf('identifier');
        return lambda(first, node('bound-formals', first, [set, name]));
      }
      case TokenKind.Assert:
      case TokenKind.With: {
        const nodeKind = kind === TokenKind.With ? 'with' : 'assert';
        advance();
        const head = expression();
        expect(TokenKind.Semicolon);
        return node(nodeKind, first, [head, expression()]);
      }
      case TokenKind.Let: {
        if (kindAt(peek(at)) === TokenKind.BraceOpen) return piped();
        advance();
        const children = bindings(TokenKind.In, true);
        expect(TokenKind.In);
        children.push(expression());
        return node('let', first, children);
      }
      case TokenKind.If: {
        advance();
        const condition = expression();
        expect(TokenKind.Then);
        const yes = expression();
        expect(TokenKind.Else);
        return node('if', first, [condition, yes, expression()]);
      }
      default:
        return piped();
    }
  };

  /** `expr_pipe_from`, `expr_pipe_into`: one direction at a time. */
  const piped = (): SyntaxNode => {
    const first = at;
    let left = operation(0);
    if (kind === TokenKind.PipeInto) {
      while (kind === TokenKind.PipeInto) {
        advance();
        left = node('binary', first, [left, operation(0)]);
      }
    } else if (kind === TokenKind.PipeFrom) {
      advance();
      if (depth >= maxDepth) return node('binary', first, [left, tooDeep()]);
      depth += 1;
      const right = piped();
      depth -= 1;
      if (is(TokenKind.PipeInto)) problem('`<|` and `|>` need parentheses');
      return node('binary', first, [left, right]);
    }
    return left;
  };

  /** `expr_op`, by binding power. */
  const operation = (least: number): SyntaxNode => {
    if (depth >= maxDepth) return tooDeep();
    depth += 1;
    const first = at;
    let left: SyntaxNode;
    if (kind === TokenKind.Not || kind === TokenKind.Minus) {
      const operand = kind === TokenKind.Not ? power.not + 1 : power.negate;
      advance();
      left = node('unary', first, [operation(operand)]);
    } else {
      left = application();
    }
    let chained = 0;
    for (;;) {
      const operator = operators[kind];
      if (operator === undefined || operator.power < least || at === barrier) break;
      if (operator.group === 'none' && operator.power === chained) {
        problem('this operator cannot be chained: use parentheses');
      }
      chained = operator.group === 'none' ? operator.power : 0;
      advance();
      if (operator.power === power.has) {
        left = node('has-attribute', first, [left, attrpath()]);
      } else {
        const right = operation(operator.group === 'right' ? operator.power : operator.power + 1);
        left = node('binary', first, [left, right]);
      }
    }
    depth -= 1;
    return left;
  };

  const application = (): SyntaxNode => {
    if (startsSimple[kind] === 0) return missing();
    const first = at;
    const head = selection();
    if (startsSimple[kind] === 0 || at === barrier) return head;
    const children = [head];
    while (startsSimple[kind] === 1 && at !== barrier) children.push(selection());
    return node('apply', first, children);
  };

  /** `expr_select` */
  const selection = (): SyntaxNode => {
    const first = at;
    lastSelect = first;
    const head = simple();
    if (kind === TokenKind.Dot) {
      advance();
      const path = attrpath();
      if (!is(TokenKind.Or)) {
        lastSelect = first;
        return node('select', first, [head, path]);
      }
      advance();
      if (startsSimple[kind] === 0) return node('select', first, [head, path, missing()]);
      if (depth >= maxDepth) return node('select', first, [head, path, tooDeep()]);
      depth += 1;
      const fallback = selection();
      depth -= 1;
      return node('select', first, [head, path, fallback]);
    }
    // `or` is no keyword here: `map or [ ]` passes a function named so.
    if (kind === TokenKind.Or) return node('apply', first, [head, leaf('identifier')]);
    lastSelect = first;
    return head;
  };

  const startsName = (): boolean =>
    kind === TokenKind.Identifier ||
    kind === TokenKind.Or ||
    kind === TokenKind.StringOpen ||
    kind === TokenKind.InterpolationOpen;

  const attributeName = (): SyntaxNode => {
    if (kind === TokenKind.Identifier || kind === TokenKind.Or) return leaf('identifier');
    return kind === TokenKind.StringOpen
      ? quoted('string', TokenKind.StringText, TokenKind.StringClose)
      : interpolation();
  };

  const attrpath = (): SyntaxNode => {
    const first = at;
    const children: SyntaxNode[] = [];
    for (;;) {
      if (!startsName()) {
        problem('expected an attribute name');
        break;
      }
      children.push(attributeName());
      if (kind !== TokenKind.Dot) break;
      advance();
    }
    return children.length === 0
      ? { kind: 'attrpath', first: taken, last: taken, children }
      : node('attrpath', first, children);
  };

  const interpolation = (): SyntaxNode => {
    const first = at;
    advance();
    const inner = expression();
    expect(TokenKind.BraceClose);
    return node('interpolation', first, [inner]);
  };

  const quoted = (nodeKind: NodeKind, piece: TokenKind, close: TokenKind): SyntaxNode => {
    const first = at;
    advance();
    let children = noChildren;
    for (;;) {
      if (kind === piece) {
        advance();
      } else if (kind === TokenKind.InterpolationOpen) {
        if (children === noChildren) children = [];
        children.push(interpolation());
      } else {
        break;
      }
    }
    expect(close);
    return node(nodeKind, first, children);
  };

  /** `expr_simple` */
  const simple = (): SyntaxNode => {
    const first = at;
    switch (kind) {
      case TokenKind.Identifier:
        return leaf('identifier');
      case TokenKind.Integer:
        return leaf('integer');
      case TokenKind.Float:
        return leaf('float');
      case TokenKind.Path:
        return leaf('path');
      case TokenKind.SearchPath:
        return leaf('search-path');
      case TokenKind.Uri:
        return leaf('uri');
      case TokenKind.PathText:
        return quoted('path', TokenKind.PathText, TokenKind.PathEnd);
      case TokenKind.StringOpen:
        return quoted('string', TokenKind.StringText, TokenKind.StringClose);
      case TokenKind.IndentedOpen:
        return quoted('indented-string', TokenKind.IndentedText, TokenKind.IndentedClose);
      case TokenKind.BraceOpen:
        return attrset('attrset');
      case TokenKind.BracketOpen:
        return list();
      case TokenKind.ParenOpen: {
        advance();
        parens += 1;
        const outerBarrier = barrier;
        const inner = expression();
        barrier = outerBarrier;
        parens -= 1;
        expect(TokenKind.ParenClose);
        return node('parenthesis', first, [inner]);
      }
      case TokenKind.Rec:
      case TokenKind.Let: {
        const nodeKind = kind === TokenKind.Rec ? 'rec-attrset' : 'legacy-let';
        advance();
        if (!is(TokenKind.BraceOpen)) {
          problem('expected `{`');
          return node('error', first, []);
        }
        const set = attrset(nodeKind);
        set.first = first;
        return set;
      }
      default:
        return missing();
    }
  };

  const attrset = (nodeKind: NodeKind): SyntaxNode => {
    const first = at;
    if (depth >= maxDepth) return tooDeep();
    depth += 1;
    advance();
    const children = bindings(TokenKind.BraceClose, false);
    expect(TokenKind.BraceClose);
    depth -= 1;
    return node(nodeKind, first, children);
  };

  const list = (): SyntaxNode => {
    const first = at;
    if (depth >= maxDepth) return tooDeep();
    depth += 1;
    brackets += 1;
    advance();
    const children: SyntaxNode[] = [];
    while (kind !== TokenKind.BracketClose && kind !== TokenKind.End && at !== barrier) {
      if (startsSimple[kind] === 1) {
        children.push(selection());
        continue;
      }
      problem('expected a list element or `]`');
      if (endsList()) break;
      children.push(skip());
    }
    expect(TokenKind.BracketClose);
    brackets -= 1;
    depth -= 1;
    return node('list', first, children);
  };

  const endsList = (): boolean =>
    kind === TokenKind.Semicolon ||
    kind === TokenKind.BraceClose ||
    kind === TokenKind.Assign ||
    kind === TokenKind.In ||
    kind === TokenKind.Then ||
    kind === TokenKind.Else ||
    (kind === TokenKind.ParenClose && parens > 0);

  const bindings = (end: TokenKind, isLet: boolean): SyntaxNode[] => {
    const children: SyntaxNode[] = [];
    const outerBarrier = barrier;
    barrier = -1;
    const outerBrackets = brackets;
    const outerParens = parens;
    while (kind !== end && kind !== TokenKind.End) {
      if (kind === TokenKind.Inherit) {
        children.push(inherit());
      } else if (startsName()) {
        children.push(binding(isLet));
      } else {
        problem(`expected an attribute or ${names[end] ?? 'an end'}`);
        // Leave tokens that belong to an enclosing expression; skip the rest.
        if (kind === TokenKind.BraceClose || kind === TokenKind.In) break;
        if (kind === TokenKind.BracketClose && outerBrackets > 0) break;
        if (kind === TokenKind.ParenClose && outerParens > 0) break;
        children.push(skip());
      }
    }
    barrier = outerBarrier;
    return children;
  };

  const binding = (isLet: boolean): SyntaxNode => {
    const first = at;
    const path = attrpath();
    if (isLet) checkStatic(path);
    if (kind !== TokenKind.Assign) {
      problem('expected `=`');
      const children = [path];
      recover(children);
      return node('binding', first, children);
    }
    advance();
    const valueAt = at;
    const before = problems.length;
    let value = expression();
    if (is(TokenKind.Assign) && lastSelect > valueAt && rereads < maxRereads) {
      // `a = [ x ] b = 1;`: the value includes the next binding. Parse it again and stop before `b`.
      rereads += 1;
      const stop = lastSelect;
      problems.length = before;
      taken = valueAt;
      seek(valueAt);
      const outer = barrier;
      barrier = stop;
      value = expression();
      barrier = outer;
      if (at === stop) {
        problem('expected `;`');
        return node('binding', first, [path, value]);
      }
    }
    const children = [path, value];
    if (is(TokenKind.Semicolon)) {
      advance();
    } else {
      problem('expected `;`');
      recover(children);
    }
    return node('binding', first, children);
  };

  /** Skips to the end of a binding, over nested bindings. */
  const recover = (children: SyntaxNode[]): void => {
    const first = at;
    let nested = 0;
    while (kind !== TokenKind.End) {
      if (kind === TokenKind.BraceOpen || kind === TokenKind.BracketOpen || kind === TokenKind.ParenOpen) nested += 1;
      else if (kind === TokenKind.InterpolationOpen) nested += 1;
      else if (kind === TokenKind.BraceClose || kind === TokenKind.BracketClose || kind === TokenKind.ParenClose) {
        if (nested === 0) break;
        nested -= 1;
      } else if (nested === 0 && (kind === TokenKind.Semicolon || kind === TokenKind.In)) break;
      advance();
    }
    if (at > first && taken > first) children.push({ kind: 'error', first, last: taken, children: noChildren });
    if (kind === TokenKind.Semicolon) advance();
  };

  const inherit = (): SyntaxNode => {
    const first = at;
    const children: SyntaxNode[] = [];
    advance();
    if (kind === TokenKind.ParenOpen) {
      const start = at;
      advance();
      parens += 1;
      const from = expression();
      parens -= 1;
      expect(TokenKind.ParenClose);
      children.push(node('inherit-from', start, [from]));
    }
    while (startsName()) {
      const name = attributeName();
      checkStaticName(name);
      children.push(name);
    }
    if (kind === TokenKind.Semicolon) {
      advance();
    } else {
      problem('expected `;`');
      // `inherit a b = 1;` cannot be repaired.
      if (kind === TokenKind.Assign) recover(children);
    }
    return node('inherit', first, children);
  };

  const checkStatic = (path: SyntaxNode): void => {
    const name = path.children[0];
    if (name !== undefined) checkStaticName(name);
  };
  const checkStaticName = (name: SyntaxNode): void => {
    const dynamic = name.kind === 'interpolation' ? !isPlainString(name.children[0]) : name.children.length > 0;
    if (!dynamic) return;
    const start = startOf(name.first);
    problems.push({ start, end: startOf(name.last), message: 'a computed name is not allowed here' });
  };
  const isPlainString = (inner: SyntaxNode | undefined): boolean =>
    inner?.kind === 'string' && inner.children.length === 0;

  settle();
  const children = [expression()];
  while (!is(TokenKind.End)) {
    problem('expected the end of the file');
    const first = at;
    at = count;
    taken = count;
    kind = TokenKind.End;
    children.push({ kind: 'error', first, last: count, children: noChildren });
  }
  for (const { token, message } of tokens.problems) {
    problems.push({ start: startOf(token), end: startOf(token + 1), message });
  }
  problems.sort((a, b) => a.start - b.start);
  return { text, tokens, root: { kind: 'root', first: 0, last: count, children }, problems };
}
