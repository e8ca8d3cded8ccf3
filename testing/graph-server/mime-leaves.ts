/** A part of a mail that has no parts itself. */
export interface Leaf {
  /** Lower case. */
  readonly type: string
  readonly name: string
  readonly isInline: boolean
  readonly bytes: Buffer
  /** The bytes as text, by the charset that they come with. */
  readonly text: string
}

const MOST_DEPTH = 20

/** The parts of a mail in their order: simple, so that what is read here and what mcos reads have no code in common. */
export function leavesOf(raw: Buffer): Leaf[] {
  return leavesIn(raw.toString('latin1'), 0)
}

function leavesIn(part: string, depth: number): Leaf[] {
  const [, head = '', , body = ''] = /^((?:[^\r\n]+(\r?\n|$))*)\r?\n?([\s\S]*)$/.exec(part) ?? []
  const headers = head.replace(/\r?\n[ \t]+/g, ' ')
  const value = (name: string): string => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(headers)?.[1]?.trim() ?? ''
  const content = value('content-type')
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(content)?.[0].toLowerCase() ?? 'text/plain'
  const boundary = parameter(content, 'boundary')
  if (type.startsWith('multipart/') && boundary !== '' && depth < MOST_DEPTH) {
    const [, ...parts] = `\n${body}`.split(`\n--${boundary}`)
    const inner = parts.filter((one) => !one.startsWith('--')).map((one) => one.replace(/^[ \t]*\r?\n/, ''))
    return inner.flatMap((one) => leavesIn(one, depth + 1))
  }
  const bytes = decoded(body, value('content-transfer-encoding').toLowerCase())
  const disposition = value('content-disposition')
  return [
    {
      type,
      name: parameter(disposition, 'filename') || parameter(content, 'name'),
      isInline: /^inline/i.test(disposition),
      bytes,
      text: textOf(bytes, parameter(content, 'charset')),
    },
  ]
}

function parameter(value: string, name: string): string {
  const [, quoted, plain] = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(value) ?? []
  return quoted ?? plain ?? ''
}

function decoded(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64')
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1')
  const plain = body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(plain, 'latin1')
}

function textOf(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset || 'utf-8').decode(bytes)
  } catch {
    // A charset that nobody knows.
    return bytes.toString('latin1')
  }
}
