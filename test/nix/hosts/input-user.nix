{
  input.enable = true;
  input.extra.enable = true;
}
