import {wrapTo} from '../kit/width.js'

/** Room for less than this is better left to the terminal. */
const LEAST_ROOM = 20

/** Lines within the width of a terminal; what goes on in a next line stands under the words it belongs to, behind a number and its word, or as far in. */
export function hangLines(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const lead = /^ *(?:\d+ {2}\S+ {2,}|[!=+?] )?/.exec(line)?.[0] ?? ''
      const room = columns - lead.length
      if (room < LEAST_ROOM) return [line]
      const rest = ' '.repeat(lead.length)
      return wrapTo(line.slice(lead.length), room).map((part, index) => `${index === 0 ? lead : rest}${part}`)
    })
    .join('\n')
}
