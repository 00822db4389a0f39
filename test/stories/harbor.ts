import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Story } from './take-snapshots.ts';

const source = fileURLToPath(new URL('server/', import.meta.url));
const files = Object.fromEntries(
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.nix'))
    .map((file) => [file, readFileSync(source + file, 'utf8')]),
);

/** The server without a desktop, `test/stories/server`: an operator with bash who logs in to look after the shop. */
export const harbor: Story = {
  takenOn: '2026-11-20',
  repository: {
    files,
    former: [['hosts/harbor.nix', 'tmux #', '      vim']],
    commits: [
      { day: '2025-01-12', author: 'Ops', message: 'The server of the shop' },
      {
        day: '2025-03-04',
        author: 'Ops',
        message: 'Replace vim with helix, which needs no plugins',
        adds: ['helix', '"hx"'],
        removes: ['      vim'],
      },
      {
        day: '2025-05-20',
        author: 'Ops',
        message: 'Add miller to count the visitors of the shop by country',
        adds: ['miller'],
      },
      {
        day: '2025-09-02',
        author: 'Dev',
        message: 'backup: restic, because the provider keeps snapshots for a week only',
        adds: ['restic ]'],
      },
      {
        day: '2026-04-09',
        author: 'Ops',
        message: 'Add fail2ban: 4,000 tries at the password each night',
        adds: ['services.fail2ban'],
      },
      {
        day: '2026-10-18',
        author: 'Ops',
        message: 'Add claude-code, and ollama for texts that must not leave the house',
        adds: ['pkgs.claude-code', 'services.ollama'],
      },
    ],
  },
  programs: [],
  sessions: [
    {
      shell: 'bash',
      from: '2025-01-20',
      to: '2026-11-19',
      lines: [
        ['sudo journalctl -u nginx', 60],
        ['systemctl status nginx', 55],
        ['sudo systemctl restart nginx', 21],
        ['rg " 502 " /var/log/nginx/access.log', 80],
        ['grep -c error /var/log/nginx/error.log', 9],
        ['fd dump /var/backup', 22],
        ['jq .request access.json', 48],
        ['mlr --ijson count-distinct -f country access.json', 17],
        ['hx hosts/harbor.nix', 31],
        ['git add -p', 34],
        ['git commit', 34],
        ['git push', 30],
        ['sudo nixos-rebuild switch --flake /etc/nixos#harbor', 34],
        ['podman ps', 62],
        ['podman logs shop', 40],
        ['psql shop', 45],
        ['restic snapshots', 12],
        ['tmux attach', 70],
        ['curl -sI https://localhost', 25],
        ['mtr box', 6],
        ['htop', 44],
        ['claude', 12],
        ['nix run nixpkgs#dust -- /var', 6],
      ],
    },
  ],
};
