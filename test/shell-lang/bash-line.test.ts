import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBashLine } from '../../generators/shell-lang/shell-line.ts';
import { notation } from './notation.ts';

// Line, then what it runs in the notation of notation.ts.
const rows: [string, string][] = [
  ['ls', 'ls'],
  ['ls -la | grep foo | wc -l', 'ls grep< wc<'],
  ['cd x && git log; make || echo no &', 'cd git make echo'],
  ['FOO=bar BAZ=$(date) cmd', 'cmd (date)'],
  ['FOO=bar', ''],
  ['export TOKEN=$(pass show x)', 'export (pass)'],
  ['echo "$(git rev-parse HEAD)" `whoami`', 'echo (git) (whoami)'],
  ['echo \'$(git status)\' "git"', 'echo'],
  ['diff <(sort a) <(sort b)', 'diff (sort) (sort)'],
  ['tee >(gzip > x)', 'tee (gzip)<'],
  ['( a; b ) | { c; d; }', 'a b c< d<'],
  ['for f in $(ls *.txt); do grep x "$f" | wc; done', '(ls) grep wc<'],
  ['cat x | while read l; do grep y; done', 'cat read< grep<'],
  ['while read l; do grep y; done < file', 'read grep'],
  ['if test -f x; then cat x; elif true; then a; else b; fi', 'test cat true a b'],
  ['case $(uname) in Linux) a;; *) b;; esac', '(uname) a b'],
  ['f() { rg x | bat; }; f', 'f:rg f:bat< f'],
  ['function g { h; }', 'f:h'],
  ['[[ -f $(which x) ]] && y', '(which) y'],
  ['(( $(nproc) > 2 )) && make', '(nproc) make'],
  ['! grep -q x y', 'grep'],
  ['time make -j4', 'time time>make'],
  ['/usr/bin/time -v make', '/usr/bin/time time>make'],
  ['sudo -u ann FOO=bar ls -la', 'sudo sudo>ls'],
  ['sudo -Hu ann env -u X A=b nice -n 5 make', 'sudo sudo>env sudo>env>nice sudo>env>nice>make'],
  ['sudo -l', 'sudo'],
  ['sudo -- ls', 'sudo sudo>ls'],
  ['command -v git', 'command'],
  ['command grep x', 'command command>grep'],
  ['\\grep x', 'grep'],
  ["'gr'ep x", 'grep'],
  ["$'\\x67rep' x", 'grep'],
  ['$EDITOR x', '$'],
  ['$(which rm) -rf x', '$ (which)'],
  ['{rm,-rf,x}', '$'],
  ['nohup ./run.sh &', 'nohup nohup>./run.sh'],
  ['timeout -k 5 10s curl x', 'timeout timeout>curl'],
  ['find . -name x -exec rm {} \\; -exec ls {} +', 'find find>rm find>ls'],
  ['fd -e rs -x wc -l', 'fd fd>wc'],
  ['find . | xargs -0 -n1 grep foo', 'find xargs< xargs>grep'],
  ["xargs -I{} sh -c 'cat {} | head'", 'xargs xargs>sh xargs>sh>cat xargs>sh>head<'],
  ["bash -c 'git pull && make'", 'bash bash>git bash>make'],
  ["bash -lc 'ls'", 'bash bash>ls'],
  ["bash -euo pipefail -c 'ls'", 'bash bash>ls'],
  ['sh -c "$X"', 'sh?'],
  ['bash script.sh', 'bash?'],
  ['curl x | sh', 'curl sh?<'],
  ["echo 'rm -rf x' | sh", 'echo sh< sh>rm<'],
  ['echo cm0= | base64 -d | sh', 'echo base64< sh?<'],
  ["bash <<< 'ls x'", 'bash bash>ls'],
  ["sudo bash <<< 'ls x'", 'sudo sudo>bash sudo>bash>ls'],
  ["echo 'ls x' | sudo sh", 'echo sudo< sudo>sh< sudo>sh>ls<'],
  ["bash <<'E'\nls | wc\nE", 'bash bash>ls bash>wc<'],
  ['cat <<E\n$(date)\nls\nE', 'cat (date)'],
  ["cat <<'E'\n$(date)\nE", 'cat'],
  ['eval "ls; pwd"', 'eval eval>ls eval>pwd'],
  ['eval "$(direnv hook bash)"', 'eval? (direnv)'],
  ["trap 'rm x' EXIT", 'trap trap>rm'],
  ['trap - EXIT', 'trap'],
  ["nix-shell -p jq --run 'jq . x'", 'nix-shell nix-shell>jq'],
  ['nix shell nixpkgs#jq -c jq .', 'nix nix>jq'],
  ["nix develop --command bash -c 'cargo build'", 'nix nix>bash nix>bash>cargo'],
  ['nix run nixpkgs#hello -- -c x', 'nix'],
  ['direnv exec . cargo test', 'direnv direnv>cargo'],
  ['direnv allow', 'direnv'],
  ["watch -n 1 'ls | wc'", 'watch watch>ls watch>wc<'],
  ['watch df -h', 'watch watch>df'],
  ["hyperfine -w 3 'rg x' 'grep -r x'", 'hyperfine hyperfine>rg hyperfine>grep'],
  ["ssh -p 22 host 'systemctl status'", 'ssh @ssh>systemctl'],
  ['ssh host', 'ssh'],
  ['docker exec -it web ls /', 'docker @docker>ls'],
  ['docker ps', 'docker'],
  ['uv run pytest -x', 'uv uv>pytest'],
  ["fish -c 'for i in (seq 3); echo $i; end'", 'fish (fish>seq) fish>echo'],
  ['perf stat -e cycles ls', 'perf perf>ls'],
  ['a |& b', 'a b<'],
  ['ls > $(date).txt', 'ls (date)'],
  ['arr=(a $(b)); x', '(b) x'],
  ['coproc cat', 'cat'],
  ['env', 'env'],
  ['exec > log', 'exec'],
  ['select x in a b; do c; done', 'c'],
  ['for ((i=0;i<3;i++)); do a; done', 'a'],
  ['a # b', 'a'],
  ['a\n\nb', 'a b'],
  ['echo "a', 'echo !'],
  ['if a; then', 'a !'],
  ['', ''],
];

describe('what a line of bash runs', () => {
  test.each(rows)('%s', (source, expected) => {
    expect(notation(parseBashLine(source))).toBe(expected);
  });

  test('arguments, assignments, redirections and the place in the pipeline come with it', () => {
    const { invocations, pipelines } = parseBashLine(
      'A=1 cat "$HOME/x" *.c 2>/dev/null | sudo tee -a \'y z\' >> log &',
    );
    expect(pipelines).toMatchInlineSnapshot(`
      [
        {
          "background": true,
          "connector": null,
          "negated": false,
          "nested": false,
          "place": "line",
          "stages": [
            0,
            1,
          ],
        },
      ]
    `);
    expect(invocations).toMatchInlineSnapshot(`
      [
        {
          "aliasable": true,
          "args": [
            {
              "pattern": false,
              "quoted": true,
              "raw": ""$HOME/x"",
              "text": null,
            },
            {
              "pattern": true,
              "quoted": false,
              "raw": "*.c",
              "text": "*.c",
            },
          ],
          "assignments": [
            "A",
          ],
          "name": "cat",
          "opaque": null,
          "parent": null,
          "pipeline": 0,
          "place": "line",
          "redirections": [
            {
              "descriptor": 2,
              "operator": ">",
              "target": {
                "pattern": false,
                "quoted": false,
                "raw": "/dev/null",
                "text": "/dev/null",
              },
            },
          ],
          "remote": false,
          "stage": 0,
          "stdin": "inherited",
          "stdout": "pipe",
          "word": {
            "pattern": false,
            "quoted": false,
            "raw": "cat",
            "text": "cat",
          },
          "wrappers": [],
        },
        {
          "aliasable": true,
          "args": [
            {
              "pattern": false,
              "quoted": false,
              "raw": "tee",
              "text": "tee",
            },
            {
              "pattern": false,
              "quoted": false,
              "raw": "-a",
              "text": "-a",
            },
            {
              "pattern": false,
              "quoted": true,
              "raw": "'y z'",
              "text": "y z",
            },
          ],
          "assignments": [],
          "name": "sudo",
          "opaque": null,
          "parent": null,
          "pipeline": 0,
          "place": "line",
          "redirections": [
            {
              "descriptor": null,
              "operator": ">>",
              "target": {
                "pattern": false,
                "quoted": false,
                "raw": "log",
                "text": "log",
              },
            },
          ],
          "remote": false,
          "stage": 1,
          "stdin": "pipe",
          "stdout": "redirect",
          "word": {
            "pattern": false,
            "quoted": false,
            "raw": "sudo",
            "text": "sudo",
          },
          "wrappers": [],
        },
        {
          "aliasable": false,
          "args": [
            {
              "pattern": false,
              "quoted": false,
              "raw": "-a",
              "text": "-a",
            },
            {
              "pattern": false,
              "quoted": true,
              "raw": "'y z'",
              "text": "y z",
            },
          ],
          "assignments": [],
          "name": "tee",
          "opaque": null,
          "parent": 1,
          "pipeline": 0,
          "place": "line",
          "redirections": [],
          "remote": false,
          "stage": 1,
          "stdin": "pipe",
          "stdout": "redirect",
          "word": {
            "pattern": false,
            "quoted": false,
            "raw": "tee",
            "text": "tee",
          },
          "wrappers": [
            "sudo",
          ],
        },
      ]
    `);
  });

  test('never throws, whatever the line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), shellish), (source) => {
        parseBashLine(source);
      }),
      { numRuns: 2000 },
    );
  });

  test('nesting beyond all reason comes back as not understood', () => {
    for (const open of ['$(', '(', '{ ', '"$(', 'if ', 'sudo ']) {
      const line = parseBashLine(`${open.repeat(20_000)}ls`);
      expect(line.understood, open).toBe(false);
    }
  });
});

const shellish = fc
  .array(
    fc.constantFrom(
      ...['$(', ')', '`', '"', "'", '{', '}', '|', '&&', ';', '<(', '<<E', '\n', 'E', ' ', 'if', 'then', 'fi', 'do'],
      ...['done', 'for', 'in', 'case', 'esac', 'sudo', 'bash -c', 'xargs', 'find -exec', ';;', '>', '((', '))', '[['],
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(' '));
