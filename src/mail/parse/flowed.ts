/** Puts the lines of format=flowed (RFC 3676) together again; a quote's lines stay with their ">". */
export function unflow(text: string, isDelSp: boolean): string {
  const out: string[] = []
  let isOpen = false
  for (const line of text.split('\n')) {
    const mark = /^>*/.exec(line)?.[0] ?? ''
    const body = line.slice(mark.length).replace(/^ /, '')
    const isSoft = body.endsWith(' ') && body !== '-- '
    const said = isSoft && isDelSp ? body.slice(0, -1) : body
    const before = out.at(-1)
    if (isOpen && before !== undefined && quoteMark(before) === mark) out[out.length - 1] = before + said
    else out.push(mark === '' ? said : `${mark} ${said}`)
    isOpen = isSoft
  }
  return out.join('\n')
}

function quoteMark(line: string): string {
  return /^>*/.exec(line)?.[0] ?? ''
}
