/**
 * Whether a file holds a private key or a password: private keys, `.env` files, age and sops keys,
 * decrypted secrets, and the credential files of well-known programs. Decided by name, so that a file that does
 * not exist yet counts too. Examples, templates and public keys do not count.
 *
 * @param path absolute, or as much of it as is known
 * @returns what it is, in words; null for every other file
 */
export function secretPath(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/\.(pub|example|sample|template|tmpl|dist|defaults?|md|nix|age|gpg|asc|enc|schema|test)$/i.test(name))
    return null;
  if (/^\.env(\.[\w.-]+)?$/.test(name) || /^\.env(rc)?\.(local|private|secrets?)$/.test(name))
    return 'an environment file';
  if (/^id_(rsa|dsa|ecdsa|ed25519)(_sk)?([._-][\w.-]+)?$/.test(name)) return 'a private key';
  if (
    /(^|\/)\.ssh\/(.*\/)?(?!config|known_hosts|authorized_keys|allowed_signers|environment|rc)[\w.-]*(key|id_|_rsa|_ed25519|identity)[\w.-]*$/.test(
      path,
    )
  )
    return 'a private key';
  if (/^ssh_host_\w+_key$/.test(name)) return 'a private key';
  if (
    /^(privkey|private[-_]?key|server[-_]?key|client[-_]?key|key|.*[-_.]key)\.(pem|der)$/i.test(name) ||
    /^[\w.-]+\.(key|p12|pfx|jks|keystore|kdbx|ppk)$/.test(name)
  )
    return 'a private key';
  if (
    /(^|\/)sops\/age\/keys?\.txt$/.test(path) ||
    /(^|\/)age\/keys?\.txt$/.test(path) ||
    /^(age|agenix|sops)[-_.]?(key|keys|identity)s?(\.txt)?$/.test(name) ||
    /^keys?\.age\.txt$/.test(name) ||
    /\.agekey$/.test(name)
  )
    return 'an age or sops key';
  if (
    /^\/run\/(user\/\d+\/)?(secrets[\w.-]*|agenix[\w.-]*)(\/|$)/.test(path) ||
    /(^|\/)\.config\/sops-nix\/secrets\//.test(path)
  )
    return 'a decrypted secret';
  if (/(^|\/)\.gnupg\/(private-keys-v1\.d|secring\.gpg|openpgp-revocs\.d)/.test(path)) return 'a private key';
  if (/^\/etc\/(shadow|gshadow)-?$/.test(path) || /^\/etc\/wireguard\/[\w.-]+$/.test(path))
    return 'a password or key file';
  if (/^\/proc\/[^/]+\/environ$/.test(path)) return 'the environment of a process';
  if (/^\/(home\/[^/]+|root)\/\.npmrc$/.test(path)) return 'a file of passwords';
  if (/^\/etc\/NetworkManager\/system-connections\/.|^\/etc\/wpa_supplicant|^\/etc\/nix\/netrc$/.test(path))
    return 'a password or key file';
  if (
    /(^|\/)(\.netrc|_netrc|\.pgpass|\.git-credentials|\.my\.cnf|\.vault-token|\.pypirc|\.authinfo|\.htpasswd|\.boto|\.s3cfg|\.passwd-s3fs|\.mylogin\.cnf|auth\.json|oauth_creds\.json|\.msmtprc)$/.test(
      path,
    )
  )
    return 'a file of passwords';
  if (
    /(^|\/)(\.aws\/credentials|\.config\/gh\/hosts\.yml|\.docker\/config\.json|\.claude\/\.credentials\.json|\.config\/gcloud\/(application_default_credentials\.json|credentials\.db)|\.cargo\/credentials(\.toml)?)$/.test(
      path,
    ) ||
    /(^|\/)(\.kube\/config|\.config\/(rclone\/rclone\.conf|hub|glab-cli\/config\.yml|doctl\/config\.yaml|gcloud\/(access_tokens\.db|legacy_credentials\/.*)|op\/config|containers\/auth\.json|github-copilot\/(hosts|apps)\.json)|\.azure\/(accessTokens|msal_token_cache)[\w.]*|\.terraform\.d\/credentials\.tfrc\.json|\.gem\/credentials|\.composer\/auth\.json|\.m2\/settings\.xml|\.fly\/config\.yml|\.aws\/(sso|cli)\/cache\/.*|\.local\/share\/(keyrings\/.*|atuin\/key)|logins\.json|key4\.db|Login Data)$/.test(
      path,
    )
  )
    return 'a file of passwords';
  if (/^(client_secret[\w.-]*|service[-_]account[\w.-]*|credentials)\.json$/.test(name)) return 'a file of passwords';
  return null;
}

/** A folder in which every file is a secret. */
export function secretFolder(path: string): string | null {
  return /(^|\/)(\.ssh|\.gnupg|\.gnupg\/private-keys-v1\.d|sops\/age|\.config\/sops)$/.test(path) ||
    /^\/run\/(secrets|agenix)[\w.-]*$/.test(path)
    ? 'a folder of keys'
    : null;
}

/** Names to match a pattern against where the folder cannot be read. */
export const exampleSecrets = [
  '.env',
  '.env.local',
  '.env.production',
  'id_rsa',
  'id_ed25519',
  'id_ecdsa',
  'key.pem',
  'server.key',
  'keys.txt',
  '.netrc',
];

/** Every name of a secret contains one of these, in lower case. */
export const secretWords = [
  ...['.env', 'id_', '.ssh', 'key', 'shadow', 'wireguard', 'secret', 'agenix', 'gnupg', 'environ', 'netrc', 'pgpass'],
  ...['git-credentials', 'credentials', '.my.cnf', 'vault-token', 'pypirc', 'hosts.yml', 'config.json', 'identity'],
  ...['.npmrc', 'authinfo', 'htpasswd', '.boto', '.s3cfg', '.passwd', 'mylogin', 'auth.json', 'oauth_creds', 'msmtprc'],
  ...[
    '.kube',
    'rclone.conf',
    '/hub',
    'glab-cli',
    'doctl',
    '/gcloud',
    '/op/config',
    'copilot',
    '.azure',
    '.m2',
    '.fly',
    '.aws',
  ],
  ...[
    'logins',
    'login data',
    'service-account',
    'service_account',
    'system-connections',
    'wpa_supplicant',
    'access_tokens',
  ],
  ...['.p12', '.pfx', '.jks', '.kdbx', '.ppk', '_rsa', 'sops', 'private'],
];

/** Secret files as patterns of permission rules: `//` is the root, `~/` the home, the others match anywhere. */
export const unreadableFiles: readonly string[] = [
  '**/.env',
  '**/.env.local',
  '**/.env.production',
  '~/.ssh/id_*',
  '~/.config/sops/age/keys.txt',
  '~/.gnupg/private-keys-v1.d/**',
  '~/.netrc',
  '~/.aws/credentials',
  '//run/secrets/**',
  '//run/agenix/**',
  '//etc/ssh/ssh_host_*_key',
  '//etc/shadow',
];
