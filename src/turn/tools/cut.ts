/** The most characters of one result; what is longer is cut, and says so. */
export const MOST_CHARACTERS = 16_000

/** The beginning and the end of a long text, with what was left out between them; the end says how a program ended. */
export function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text
  const head = Math.floor(most / 3)
  const tail = most - head
  const left = text.length - most
  return `${text.slice(0, head)}\n[… ${left} characters left out …]\n${text.slice(-tail)}`
}

/** The beginning of a long text, and how much of it that is. */
export function cutEnd(text: string, most: number = MOST_CHARACTERS): string {
  return text.length <= most ? text : `${text.slice(0, most)}\n[the first ${most} of ${text.length} characters]`
}

/** As many whole items as fit, and how many there are more. */
export function cutList(
  items: readonly string[],
  {most, what}: {readonly most: number; readonly what: string},
): string {
  const kept: string[] = []
  let length = 0
  for (const item of items) {
    if (kept.length === most || length + item.length + 1 > MOST_CHARACTERS) break
    kept.push(item)
    length += item.length + 1
  }
  const left = items.length - kept.length
  return [...kept, ...(left > 0 ? [`[${left} more ${what}]`] : [])].join('\n')
}
