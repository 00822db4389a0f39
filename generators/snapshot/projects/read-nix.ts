import { declarations } from '../../lang/nix/declarations/declarations.ts';
import { definitionsIn } from '../../lang/nix/definitions.ts';
import { parse } from '../../lang/nix/parse.ts';
import { addNamed, type Found } from './found.ts';

/** A file without any of these words is a module or a package. */
const development =
  /\b(mkShell|mkShellNoCC|nix-shell|devShells?|devenv|languages|pre-commit|git-hooks|treefmt|projectRootFile|formatter|inputs)\b/;

/**
 * Reads flake.nix, shell.nix, devenv.nix, treefmt.nix: packages of development shells, hooks and programs that are
 * enabled, inputs. Packages that a configuration installs are no tools of the project.
 */
export function readNix(text: string, found: Found): void {
  if (!development.test(text)) return;
  const tree = parse(text);
  const lines = text.split('\n');
  const installed = new Set(declarations(tree).declarations.map(({ name, line }) => `${line} ${name}`));
  const { definitions, elements } = definitionsIn(tree);
  for (const { name, line } of elements) {
    if (!installed.has(`${line} ${name}`)) addNamed(found, name.slice(name.lastIndexOf('.') + 1));
  }
  for (const { path, line } of definitions) {
    const source = lines[line - 1] ?? '';
    if (/=\s*false\b/.test(source)) continue;
    // `formatter.${system} = pkgs.nixfmt-tree;`
    if (path.includes('formatter')) addNamed(found, /([\w-]+)\s*;\s*$/.exec(source)?.[1] ?? '');
    for (const [index, name] of path.entries()) {
      const next = path[index + 1];
      if (next === undefined) continue;
      const isHook = name === 'hooks' && index > 0;
      const isFormatter = name === 'programs' && path[index + 2] === 'enable' && isTreefmt(path.slice(0, index), text);
      const isInput = name === 'inputs' && index === 0;
      if (isHook || isFormatter || isInput) addNamed(found, next);
    }
  }
}

/** `programs` of treefmt and not of a configuration. */
function isTreefmt(path: readonly string[], text: string): boolean {
  return path.includes('treefmt') || (path.length === 0 && /\bprojectRootFile\b/.test(text));
}
