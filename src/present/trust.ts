import type {TrustLine, TrustList} from '../app/trust.js'
import {isPlain} from '../guard/trust.js'

/** The command lines of a workspace, those that are not trusted yet first, exactly as they would run. */
export function presentTrust({lines, added}: TrustList): string {
  if (lines.length === 0) return 'Nothing here asks to be trusted: no command to run.'
  const hidden = lines.filter((line) => line.hidden)
  const waiting = lines.filter((line) => !line.trusted && !line.hidden)
  const trusted = lines.filter((line) => line.trusted)
  return [
    ...(waiting.length > 0 ? ['Not trusted on this machine:', ...waiting.map(presentLine)] : []),
    ...(trusted.length > 0 ? ['Trusted on this machine:', ...trusted.map(presentLine)] : []),
    ...(hidden.length > 0 ? [HIDDEN, ...hidden.map(presentLine)] : []),
    ...(added > 0 ? [`${added} newly trusted.`] : []),
  ].join('\n')
}

const HIDDEN = 'Never to be trusted, for they hold characters that nobody can see; shown here as \\u{…}:'

function presentLine({agent, kind, file, line, text}: TrustLine): string {
  const whole = kind === 'recover' ? `recover: ${text}` : text
  const foreign = [...new Set(whole.match(/[^\0-\x7f]/gu))].map(nameLetter).join(', ')
  const note = foreign === '' ? '' : `\n      look twice, these are no plain letters: ${foreign}`
  return `  ${agent}  ${reveal(whole)}\n      ${file}:${line}${note}`
}

/** Letters of other scripts can look like plain ones, and a command that looks like another is another. */
function nameLetter(letter: string): string {
  const code = `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  return isPlain(letter) ? `${letter} (${code})` : code
}

function reveal(text: string): string {
  return [...text].map((letter) => (isPlain(letter) ? letter : escapeLetter(letter))).join('')
}

function escapeLetter(letter: string): string {
  return `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`
}
