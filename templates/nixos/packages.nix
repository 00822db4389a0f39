{ pkgs, ... }:
{
  environment.systemPackages = with pkgs; [
    # Finding things
    ripgrep # searches file contents, much faster than grep
    fd # finds files by name
    fzf # picks from any list

    # Looking at files and data
    bat # cat with syntax highlighting
    eza # ls with git status
    jq # JSON
    yq-go # YAML
    glow # Markdown in the terminal

    # Working with repositories
    gh # GitHub from the command line
    delta # readable diffs
    lazygit

    # Building and checking
    just # project commands
    shellcheck # finds mistakes in shell scripts
    shfmt
    nixfmt
    nodejs
    python3
    uv # Python packages and environments

    # Network
    curl
    xh # friendlier HTTP requests

    # Agents
    claude-code
  ];
  nixpkgs.config.allowUnfree = true; # claude-code
}
