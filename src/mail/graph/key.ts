import type {MailRef} from '../mail.js'

/** The immutable id in a ref's key, and for a draft of ours how it was when it was made. */
export function keyOf({key}: MailRef): {readonly id: string; readonly version: string | null} {
  const at = key.indexOf('#')
  return at === -1 ? {id: key, version: null} : {id: key.slice(0, at), version: key.slice(at + 1)}
}

/** A draft's key holds its version, so that what a person has changed since is never taken away. */
export function draftKey(id: string, version: string | null): string {
  return version === null ? id : `${id}#${version}`
}
