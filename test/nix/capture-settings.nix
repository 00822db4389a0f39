# What the tests of the recorder and of the timer set, on a host and in a home.
{ lib }:
rec {
  recording = {
    enable = true;
    capture.enable = true;
  };
  timed = {
    enable = true;
    snapshotTimer = {
      enable = true;
      folder = "%h/nixos-config/intelligence/%u";
    };
  };
  # Nothing happens where the whole is not enabled.
  disabled = lib.recursiveUpdate recording timed // {
    enable = false;
  };
}
