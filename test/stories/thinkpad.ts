import type { Session } from './home.ts';

/**
 * What a user of jacopone/nixos-config might have typed: fish with the recorder of `capture.enable`, and bash from before.
 * Made up; only the configuration is public.
 */
export const thinkpadSessions: readonly Session[] = [
  {
    shell: 'bash',
    from: '2025-09-01',
    to: '2025-10-15',
    lines: [
      ['ls -la', 20],
      ['grep -rn TODO src', 8],
      ['git status', 40],
      ['sudo nixos-rebuild switch --flake .', 9],
    ],
  },
  {
    shell: 'fish',
    from: '2025-10-16',
    to: '2026-07-20',
    lines: [
      ['rg "price%" src', 96],
      ['fd "route%" app', 41],
      ['hx modules/%.nix', 64],
      ['code notes-%.md', 6],
      ['bat README-%.md', 48],
      ['eza -l src/%', 35],
      ['jq ".rows[%]" report.json', 40],
      ['jless report-%.json', 14],
      ['git add -p src/% ;; git commit -m "step %"', 120],
      ['git push origin topic-%', 50],
      ['gh pr create --title "Topic %" ;; gh pr checks %', 31],
      ['lazygit -p app-%', 22],
      ['devenv up service-%', 26],
      ['devenv shell -- true %', 18],
      ['docker compose up -d web-% ;; docker compose logs web-%', 33],
      ['uv run python tools/%.py', 40],
      ['ruff check app/%', 17],
      ['./rebuild-nixos --host %', 28],
      ['nix shell nixpkgs#dua -c dua i /%', 8],
      ['claude "explain app/%"', 80],
      ['yazi ~/docs/%', 21],
      ['zz project-%', 60],
      ['gcloud run deploy app-%', 19],
      ['pandoc notes%.md -o notes%.pdf', 7],
      ['xh get :3000/orders/%', 23],
      ['ssh host-%', 11],
      ['hyperfine "app %"', 6],
      ['rg "vat%" src | wc -l', 16],
      ['fd "mig%" db | rg -v old', 12],
    ],
    recorded: {
      programs: ['rg', 'git', 'hx', 'claude', 'docker', 'gh', 'uv', 'jq', 'fd', 'bat', 'devenv', 'grep'],
      lines: [
        ['rg "tax%" src', 60],
        ['grep -n "tax%" notes.md', 4],
        ['fd "seed%" db', 25],
        ['hx app/%.ts', 70],
        ['bat app/%.ts', 30],
        ['jq ".a[%]" x.json', 22],
        ['git push origin t-%', 24],
        ['git push origin broken-%', 3],
        ['uv run pytest -k broken-%', 14],
        ['devenv test --only broken-%', 9],
        ['gh run watch broken-%', 3],
        ['kubectl get pods -n app-%', 7],
        ['claude "fix %"', 40],
      ],
    },
  },
];

export const thinkpadTakenOn = '2026-07-21';
