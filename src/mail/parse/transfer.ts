/** The bytes behind a Content-Transfer-Encoding, of a body that is Latin-1; what is no valid code stays as it is. */
export function decodeTransfer(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return decodeBase64(body)
  if (encoding === 'quoted-printable') return decodeQuoted(body)
  return Buffer.from(body, 'latin1')
}

/** How many bytes it will be, without making them. */
export function sizeOf(body: string, encoding: string): number {
  if (encoding !== 'base64') return decodeTransfer(body, encoding).length
  const digits = body.replace(/[^A-Za-z0-9+/]+/g, '').length
  return Math.floor((digits * 3) / 4)
}

/** Some programs pad each line; each padding ends a unit of its own. */
export function decodeBase64(text: string): Buffer {
  const units = text
    .replace(/[^A-Za-z0-9+/=]+/g, '')
    .split(/=+/)
    .filter((unit) => unit !== '')
  const bytes = units.map((unit) => Buffer.from(unit, 'base64'))
  return bytes.length === 1 && bytes[0] ? bytes[0] : Buffer.concat(bytes)
}

function decodeQuoted(body: string): Buffer {
  const text = body
    .replace(/(?<![ \t])[ \t]+$/gm, '')
    .replace(/=\n/g, '')
    .replace(/=$/, '')
    .replace(/=([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(text, 'latin1')
}
