/**
 * Commands that need something running on this machine, and the NixOS options any of which provides it. Not those
 * that as often talk to another machine (`psql -h db`): why they fail the configuration does not say.
 */
export interface ServiceNeed {
  commands: readonly string[];
  /** As in "Docker is not enabled in your configuration". */
  name: string;
  options: readonly string[];
  /** The group whose members may use the service, where only they and root may. */
  group?: string;
  /** Commands or packages whose presence says that it is provided some other way. */
  otherwise: readonly string[];
}

export const serviceNeeds: readonly ServiceNeed[] = [
  {
    commands: ['docker', 'docker-compose', 'lazydocker', 'ctop'],
    name: 'Docker',
    options: [
      'virtualisation.docker',
      'virtualisation.docker.rootless',
      'virtualisation.podman',
      'virtualisation.podman.dockerCompat',
      'virtualisation.podman.dockerSocket',
    ],
    otherwise: ['dockerd', 'dockerd-rootless', 'colima', 'podman'],
    group: 'docker',
  },
  {
    commands: ['virsh', 'virt-manager', 'virt-install'],
    name: 'libvirt',
    options: ['virtualisation.libvirtd'],
    group: 'libvirtd',
    otherwise: ['libvirtd'],
  },
  {
    commands: ['incus'],
    name: 'Incus',
    options: ['virtualisation.incus'],
    otherwise: ['incusd'],
    group: 'incus-admin',
  },
  { commands: ['lxc'], name: 'LXD', options: ['virtualisation.lxd'], otherwise: ['lxd'] },
  { commands: ['tailscale'], name: 'Tailscale', options: ['services.tailscale'], otherwise: ['tailscaled'] },
  { commands: ['ollama'], name: 'Ollama', options: ['services.ollama'], otherwise: [] },
  { commands: ['flatpak'], name: 'Flatpak', options: ['services.flatpak'], otherwise: [] },
  { commands: ['fwupdmgr'], name: 'fwupd', options: ['services.fwupd'], otherwise: ['fwupd'] },
  { commands: ['bluetoothctl'], name: 'Bluetooth', options: ['hardware.bluetooth'], otherwise: ['bluetoothd'] },
  {
    commands: ['nmcli', 'nmtui'],
    name: 'NetworkManager',
    options: ['networking.networkmanager'],
    otherwise: ['NetworkManager'],
  },
  { commands: ['iwctl'], name: 'iwd', options: ['networking.wireless.iwd'], otherwise: ['iwd'] },
  { commands: ['avahi-browse'], name: 'Avahi', options: ['services.avahi'], otherwise: ['avahi-daemon'] },
  { commands: ['lpr', 'lpstat'], name: 'CUPS', options: ['services.printing'], otherwise: ['cupsd'] },
  { commands: ['locate'], name: 'the locate database', options: ['services.locate'], otherwise: ['updatedb'] },
];
