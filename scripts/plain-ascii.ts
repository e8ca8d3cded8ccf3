import {readFileSync, writeFileSync} from 'node:fs'

/**
 * Writes what is not ASCII in a bundled file as escapes: V8 keeps and reads a source of single bytes in half the room and
 * time, and bin/quick-require.js relies on it. In our own sources such letters stand in texts and patterns only, where an
 * escape means the same. It comes after the minifier, which would take the escapes back.
 */
export function makePlainAscii(file: string): void {
  const code = readFileSync(file, 'utf8')
  const toEscape = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
  writeFileSync(file, code.replace(/[^\0-\x7f]/g, toEscape))
}
