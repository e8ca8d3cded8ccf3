import {BlockList, isIP, isIPv4} from 'node:net'

/** What is no place on the public internet: this machine, its networks, addresses that mean many or nobody. */
const CLOSED = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  CLOSED.addSubnet(net, bits, 'ipv4')
}
/** The only part of IPv6 that is handed out; of it, the tunnels that carry an IPv4 address are closed. */
const OPEN = new BlockList()
OPEN.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const) {
  CLOSED.addSubnet(net, bits, 'ipv6')
}

/** Whether an address leads to the public internet; what is no address at all doesn't. */
export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !CLOSED.check(address, 'ipv4')
  const plain = address.replace(/%.*$/, '')
  if (isIP(plain) !== 6) return false
  const inner = innerIPv4(plain)
  if (inner !== null) return isPublic(inner)
  return OPEN.check(plain, 'ipv6') && !CLOSED.check(plain, 'ipv6')
}

/** The IPv4 address that `::ffff:a.b.c.d` or a translator's `64:ff9b::a.b.c.d` stands for. */
function innerIPv4(address: string): string | null {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [, high, low] = /^(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? []
  if (high === undefined || low === undefined) return null
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return [a >> 8, a & 255, b >> 8, b & 255].join('.')
}
