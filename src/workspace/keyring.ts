/** Under which service the desktop's keyring shows what mcos keeps. */
const SERVICE = 'mcos'

/** One name of the desktop's keyring. */
export interface KeyringEntry {
  read(): string | null
  write(secret: string): void
  /** Tells whether there was one. */
  remove(): boolean
}

/**
 * The desktop's keyring (Keychain, Credential Manager, Secret Service); null where the optional package isn't installed.
 * Each use throws where there is no desktop session. Linux's keyring of the kernel is none: it forgets at a reboot.
 */
export async function openKeyring(name: string): Promise<KeyringEntry | null> {
  const vendor = await import('@napi-rs/keyring').catch(() => null) // optional: absent is an answer
  if (vendor === null) return null
  const entry = () => new vendor.Entry(SERVICE, name, {linux: {store: 'secret-service'}})
  return {
    read: () => entry().getPassword(),
    write: (secret) => entry().setPassword(secret),
    remove: () => entry().deletePassword(),
  }
}
