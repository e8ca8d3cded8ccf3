import type {LookupAddress, LookupAllOptions} from 'node:dns'
import {isPublic} from '../tools/public-address.js'

/** Which hosts may be asked; both take `name:port`. */
export interface HostGate {
  /** Why this host is closed; null when the contract opens it. */
  whyClosed(host: string): string | null
  /** Whether an address that isn't public is opened by its own name. */
  opensAddress(address: string): boolean
  /** Whether what is not public may be asked at all; absent: it may, where its address is opened. */
  opensHere?(): boolean
}

/** Which addresses a name has, all of them. */
export type Resolve = (
  name: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void

/** Whether an address that a host has been found at may be connected to: public ones, and those that are named themselves. */
export function isOpenAddress(
  address: string,
  {name, port}: {readonly name: string; readonly port: string},
  gate: HostGate,
): boolean {
  if (isPublic(address)) return true
  if (gate.opensHere?.() === false) return false
  // Its name can't be made to lead anywhere else, so it is as good as its address.
  if (name === 'localhost') return true
  return gate.opensAddress(address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`)
}
