/** A text that could be read, and what had to be put up with. */
export interface DecodedText {
  /** UTF-8 without byte order mark, lines ended by LF. */
  readonly text: string
  readonly warnings: readonly string[]
}

const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g

/** Reads whatever bytes a person's file holds: other encodings, CRLF, NUL and escape sequences become plain text, and are told. */
export function decodeText(bytes: Uint8Array, {maxBytes}: {readonly maxBytes?: number} = {}): DecodedText {
  const warnings: string[] = []
  const isCut = maxBytes !== undefined && bytes.length > maxBytes
  if (isCut) warnings.push(`it has ${bytes.length} bytes; only the first ${maxBytes} were read`)
  let text = decodeBytes(isCut ? bytes.subarray(0, maxBytes) : bytes, {isCut, warnings})
  if (text.startsWith('\ufeff')) {
    text = text.slice(1)
    warnings.push('it begins with a byte order mark')
  }
  if (text.includes('\ufffd')) warnings.push('it has characters that were lost earlier (U+FFFD)')
  text = replaceTold(text, {pattern: /\r\n?/g, by: '\n', told: 'its lines end with CR LF or CR', warnings})
  text = replaceTold(text, {pattern: ANSI, by: '', told: 'it has terminal escape sequences', warnings})
  return {text: replaceTold(text, {pattern: /\0/g, by: '', told: 'it has NUL bytes', warnings}), warnings}
}

interface Job {
  readonly isCut: boolean
  readonly warnings: string[]
}

function decodeBytes(bytes: Uint8Array, {isCut, warnings}: Job): string {
  const wide = wideEncoding(bytes)
  if (wide) {
    warnings.push(`it is ${wide.toUpperCase()}, not UTF-8`)
    const text = new TextDecoder(wide, {ignoreBOM: true}).decode(bytes)
    return text.replace(/^\ufeff/, '')
  }
  try {
    // A stream decoder keeps a last, half character to itself: a cut must not look like a wrong encoding.
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes, {stream: isCut})
  } catch {
    return decodeBroken(bytes, warnings)
  }
}

/** A few wrong bytes among much UTF-8 are holes in it; otherwise it is most likely an old Western encoding. */
function decodeBroken(bytes: Uint8Array, warnings: string[]): string {
  const holed = new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes)
  const holes = holed.match(/\ufffd/g)?.length ?? 0
  if ((holed.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0) > holes) {
    warnings.push('some of its bytes are not UTF-8')
    return holed
  }
  warnings.push('it is not UTF-8; it was read as Latin-1')
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, '\ufffd')
}

/** UTF-16 shows itself by its byte order mark, or, without one, by every other byte of plain text being zero. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const sample = bytes.subarray(0, 200)
  if (sample.length < 8) return null
  const zeros = [0, 0]
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = zeros
  const most = sample.length * 0.35
  if (odd > most && even === 0) return 'utf-16le'
  return even > most && odd === 0 ? 'utf-16be' : null
}

function replaceTold(
  text: string,
  {pattern, by, told, warnings}: {pattern: RegExp; by: string; told: string; warnings: string[]},
): string {
  const replaced = text.replace(pattern, by)
  if (replaced !== text) warnings.push(told)
  return replaced
}
