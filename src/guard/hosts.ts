import {domainToASCII} from 'node:url'

interface HostName {
  readonly name: string
  readonly port: string | null
}

/** Whether one of a contract's hosts covers this one; a host without a port covers every port of that name. */
export function findHost(listed: readonly string[], host: string): string | undefined {
  const wanted = parseHost(host)
  return wanted ? listed.find((entry) => coversHost(entry, wanted)) : undefined
}

/** `*.example.com` covers every name below example.com, not example.com itself; there is no entry for all hosts. */
function coversHost(entry: string, wanted: HostName): boolean {
  const isBelow = entry.startsWith('*.')
  const known = parseHost(isBelow ? entry.slice(2) : entry)
  if (!known || (known.port !== null && known.port !== wanted.port)) return false
  if (!isBelow) return wanted.name === known.name
  return isAddress(known.name) ? false : wanted.name.endsWith(`.${known.name}`)
}

/** Reads `name`, `name:port` or `[::1]:port`; null for whatever is more or less than that. */
function parseHost(text: string): HostName | null {
  const [, name, port] = /^(\[[0-9a-f:.]+\]|[^\s:/@?#\\%[\]*]+)(?::(\d{1,5}))?$/i.exec(text) ?? []
  if (!name) return null
  const plain = name.startsWith('[') ? canonicalAddress(name) : domainToASCII(name).replace(/\.$/, '')
  return plain ? {name: plain, port: port === undefined ? null : String(Number(port))} : null
}

function canonicalAddress(bracketed: string): string | null {
  return URL.canParse(`http://${bracketed}`) ? new URL(`http://${bracketed}`).hostname : null
}

function isAddress(name: string): boolean {
  return name.startsWith('[') || /^[\d.]+$/.test(name)
}
