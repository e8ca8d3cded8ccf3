import {cleanLine} from '../../kit/text.js'

const LONGEST = 120

/** A file's name without any path, nothing invisible, nothing that turns the reading direction; '' where none is left. */
export function attachmentName(name: string): string {
  const last = cleanLine(name).split(/[\\/]/).at(-1)
  const plain = (last ?? '')
    .replace(/[<>:"|?*\u2044\u2215\u29f8\uff0f\uff3c]/g, '_')
    .replace(/^[.\s]+/, '')
    .trim()
  const letters = [...plain]
  if (letters.length <= LONGEST) return plain
  // Its ending says what it is, so it stays.
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(plain)?.[0] ?? ''
  return `${letters
    .slice(0, LONGEST - ending.length - 1)
    .join('')
    .trimEnd()}…${ending}`
}
