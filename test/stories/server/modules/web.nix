{
  services.nginx = {
    enable = true;
    recommendedProxySettings = true;
  };
  # The shop runs from its image; nothing is built on this machine.
  virtualisation.podman.enable = true;
}
