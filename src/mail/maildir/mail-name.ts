import {hostname} from 'node:os'

/** A file name of a maildir: what stays, and the flags behind it that change. */
export interface MailName {
  readonly key: string
  /** Letters such as S (seen) and F (flagged), sorted. */
  readonly flags: string
}

let made = 0

/** Reads `1700000000.M1P2.host,U=3:2,FS`; the info part may be missing. */
export function parseMailName(name: string): MailName {
  const [, key = name, flags = ''] = /^([^:]*):2,([A-Za-z]*)/.exec(name) ?? []
  return {key: key.replace(/:.*$/s, ''), flags: sorted(flags)}
}

/** As a file in cur/ is called. */
export function formatMailName({key, flags}: MailName): string {
  return `${key}:2,${sorted(flags)}`
}

/** With a flag, or without it. */
export function withFlag(flags: string, letter: string, on: boolean): string {
  return sorted(on ? flags + letter : flags.replaceAll(letter, ''))
}

/**
 * A name that no mail of any folder has. One that moves gets a new one, too: programs such as mbsync write a folder's
 * own number into the name, and stumble over it in another folder.
 */
export function newKey(nowMs: number): string {
  made += 1
  const host = hostname().replaceAll('/', '\\057').replaceAll(':', '\\072').replaceAll(',', '\\054')
  const micros = `${Math.floor(nowMs % 1000) * 1000 + made}`.padStart(6, '0')
  return `${Math.floor(nowMs / 1000)}.M${micros}P${process.pid}Q${made}.${host}`
}

function sorted(flags: string): string {
  return [...new Set(flags)].sort().join('')
}
