/** One part of a combination of tools: any package with one of the commands. */
export interface ToolRole {
  role: string;
  /** In order of preference. */
  commands: readonly string[];
  /** The part works without being on PATH when the first part refers to it. */
  mayBeDependency?: true;
}

/** Tools that serve one purpose together. The first part must be declared. */
export interface ToolCombination {
  id: string;
  /** Completes "for …": `Python native modules`. */
  purpose: string;
  parts: readonly [ToolRole, ToolRole, ...ToolRole[]];
}

const compiler: ToolRole = { role: 'compiler', commands: ['gcc', 'clang', 'cc'], mayBeDependency: true };

/** A combination is present only where every part is declared or, if the part may be a dependency, referred to. */
export const toolCombinations: readonly ToolCombination[] = [
  {
    id: 'python-native-modules',
    purpose: 'Python native modules',
    parts: [{ role: 'interpreter', commands: ['python3', 'python'] }, compiler],
  },
  {
    id: 'node-native-modules',
    purpose: 'Node native modules',
    parts: [
      { role: 'interpreter', commands: ['node'] },
      compiler,
      { role: 'script interpreter of node-gyp', commands: ['python3', 'python'], mayBeDependency: true },
    ],
  },
  {
    id: 'ruby-native-extensions',
    purpose: 'Ruby native extensions',
    parts: [{ role: 'interpreter', commands: ['ruby'] }, compiler],
  },
  {
    id: 'perl-native-modules',
    purpose: 'Perl native modules',
    parts: [{ role: 'interpreter', commands: ['perl'] }, compiler],
  },
  {
    id: 'rust-linking',
    purpose: 'linking Rust programs',
    parts: [
      { role: 'build tool', commands: ['cargo', 'rustc'] },
      { ...compiler, role: 'linker' },
    ],
  },
  { id: 'go-cgo', purpose: 'cgo in Go programs', parts: [{ role: 'build tool', commands: ['go'] }, compiler] },
  {
    id: 'haskell-linking',
    purpose: 'linking Haskell programs',
    parts: [
      { role: 'compiler', commands: ['ghc'] },
      { ...compiler, role: 'linker' },
    ],
  },
  { id: 'c-make', purpose: 'C builds with make', parts: [{ role: 'build tool', commands: ['make'] }, compiler] },
  {
    id: 'c-cmake',
    purpose: 'C and C++ builds with CMake',
    parts: [
      { role: 'build tool', commands: ['cmake'] },
      { role: 'build runner', commands: ['ninja', 'make'] },
      compiler,
    ],
  },
  {
    id: 'java-maven',
    purpose: 'Java builds with Maven',
    parts: [
      { role: 'build tool', commands: ['mvn'] },
      { role: 'runtime', commands: ['java'], mayBeDependency: true },
    ],
  },
  {
    id: 'java-gradle',
    purpose: 'Java builds with Gradle',
    parts: [
      { role: 'build tool', commands: ['gradle'] },
      { role: 'runtime', commands: ['java'], mayBeDependency: true },
    ],
  },
  {
    id: 'container-orchestration',
    purpose: 'container orchestration',
    parts: [
      { role: 'containers', commands: ['docker', 'podman', 'nerdctl'] },
      { role: 'cluster client', commands: ['kubectl', 'oc', 'k9s'] },
    ],
  },
  {
    id: 'local-cluster',
    purpose: 'a local Kubernetes cluster',
    parts: [
      { role: 'cluster', commands: ['kind', 'minikube', 'k3d', 'k3s'] },
      { role: 'cluster client', commands: ['kubectl'] },
    ],
  },
  {
    id: 'kubernetes-packaging',
    purpose: 'Kubernetes packages',
    parts: [
      { role: 'package tool', commands: ['helm', 'helmfile'] },
      { role: 'cluster client', commands: ['kubectl'] },
    ],
  },
  {
    id: 'pull-requests',
    purpose: 'pull requests from the command line',
    parts: [
      { role: 'forge client', commands: ['gh', 'glab', 'tea'] },
      { role: 'version control', commands: ['git'] },
    ],
  },
  {
    id: 'project-environments',
    purpose: 'per-project environments',
    parts: [
      { role: 'loader', commands: ['direnv'] },
      { role: 'environment', commands: ['devenv', 'nix'] },
    ],
  },
  {
    id: 'encrypted-secrets',
    purpose: 'encrypted secrets in a repository',
    parts: [
      { role: 'file encryption', commands: ['sops'] },
      { role: 'keys', commands: ['age', 'gpg'] },
    ],
  },
  {
    id: 'commit-signing',
    purpose: 'signed commits',
    parts: [
      { role: 'signing', commands: ['gpg'] },
      { role: 'version control', commands: ['git'] },
    ],
  },
  {
    id: 'documents',
    purpose: 'PDF documents from Markdown',
    parts: [
      { role: 'converter', commands: ['pandoc'] },
      { role: 'typesetter', commands: ['typst', 'xelatex', 'lualatex', 'pdflatex', 'weasyprint'] },
    ],
  },
  {
    id: 'fuzzy-finding',
    purpose: 'fuzzy file search with preview',
    parts: [
      { role: 'selection', commands: ['fzf'] },
      { role: 'files', commands: ['fd', 'rg'] },
      { role: 'preview', commands: ['bat'] },
    ],
  },
];
