import { parseBashLine } from '../../lang/shell/shell-line.ts';
import { addNamed, type Found, toolOfWords } from './found.ts';

/** Commands that run another one, which is the next word or the one after. */
const runners = new Set(
  `npx pnpx bunx uvx pipx npm pnpm yarn bun uv poetry pdm hatch pipenv pixi bundle rye mise mix go dotnet python python3
  nix deno turbo prek pre-commit xargs time env`.split(/\s+/),
);

const installedInProject =
  /(^|\/)(node_modules\/\.bin|vendor\/bin|\.venv\/bin|venv\/bin|bin)\/[^/]+$|^\.\/(gradlew|mvnw)$/;

/** Adds the tools that a shell script runs: a script of package.json, a recipe, a step of CI. */
export function addScriptTools(found: Found, script: string): void {
  if (script.length > 100_000) return;
  for (const { name, args, remote } of parseBashLine(script).invocations) {
    // A program of the project itself, `./x`, may be named like a tool.
    if (name === null || remote || (name.startsWith('.') && !installedInProject.test(name))) continue;
    const rest = args.flatMap(({ text }) => text ?? []);
    const words = [baseName(name), ...rest.filter((word) => !word.startsWith('-') && !/^\+|=/.test(word))];
    addWords(found, words);
    // `python -m pytest`, `node --test`
    const flag = rest.find((word) => word === '-m' || word === '--test');
    if (flag === '--test') addWords(found, [words[0] ?? '', flag]);
    if (flag === '-m') addWords(found, rest.slice(rest.indexOf(flag) + 1));
    if (/^gradlew?$/.test(words[0] ?? '')) for (const task of words.slice(1)) addNamed(found, gradleTool(task));
  }
}

function addWords(found: Found, words: readonly string[]): void {
  const tool = toolOfWords(words);
  if (tool !== undefined) found.tools.add(tool);
  if (!runners.has(words[0] ?? '')) return;
  // `uv run pytest`, `npx eslint`, `nix run nixpkgs#statix`, `go run example.org/cmd/tool@latest`
  for (const start of [1, 2]) {
    const word = words[start];
    if (word === undefined) return;
    const inner = toolOfWords([
      baseName(word.replace(/^.*#/, '').replace(/(?<=.)@.*$/, '')),
      ...words.slice(start + 1),
    ]);
    if (inner !== undefined) found.tools.add(inner);
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `ktlintCheck` -> `ktlint`, `:app:detekt` -> `detekt` */
function gradleTool(task: string): string {
  return task.slice(task.lastIndexOf(':') + 1).replace(/(Check|Apply|Format|Main|Test)$/, '');
}
