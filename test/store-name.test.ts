import { expect, it } from 'vitest';
import { parseStoreName, storeLabel } from '../generators/store-name.ts';

it.each([
  ['gcc-14.3.0', 'gcc', '14.3.0', null],
  ['gcc-14.3.0-lib', 'gcc', '14.3.0', 'lib'],
  ['glibc-2.40-66', 'glibc', '2.40-66', null],
  ['glibc-2.40-66-bin', 'glibc', '2.40-66', 'bin'],
  ['python3.13-requests-2.32.3', 'python3.13-requests', '2.32.3', null],
  ['python3-3.13.1-env', 'python3', '3.13.1', 'env'],
  ['openssl-3.6.0-dev', 'openssl', '3.6.0', 'dev'],
  ['cacert-3.115-p11kit', 'cacert', '3.115', 'p11kit'],
  ['linux-6.12-rc1', 'linux', '6.12-rc1', null],
  ['foo-0-unstable-2025-01-02', 'foo', '0-unstable-2025-01-02', null],
  ['foo-unstable-2025-01-02', 'foo-unstable', '2025-01-02', null],
  ['nodejs_22-22.20.0', 'nodejs_22', '22.20.0', null],
  ['kmod-blacklist-31+20240202-2ubuntu8', 'kmod-blacklist', '31+20240202-2ubuntu8', null],
  ['libedit-20240808-3.1', 'libedit', '20240808-3.1', null],
  ['perl5.38.2-libnet-3.15', 'perl5.38.2-libnet', '3.15', null],
  ['gcc-14.2.1.20250322-libgcc', 'gcc', '14.2.1.20250322', 'libgcc'],
  ['util-linux-minimal-2.41-lib', 'util-linux-minimal', '2.41', 'lib'],
  ['git-lfs', 'git-lfs', null, null],
  ['wrapper-lib', 'wrapper', null, 'lib'],
  ['source', 'source', null, null],
  ['-1', '-1', null, null],
])('%s', (label, name, version, output) => {
  expect(parseStoreName(label)).toEqual({ name, version, output });
});

it('leaves the hash out', () => {
  expect(storeLabel('f63zg4myma3gi4dsjl57i3wjgp2wrfq4-ripgrep-14.1.1')).toBe('ripgrep-14.1.1');
});
