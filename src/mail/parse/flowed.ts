/** Puts the lines of format=flowed (RFC 3676) together again; a quote's lines stay with their ">". */
export function unflow(text: string, isDelSp: boolean): string {
  const out: string[] = []
  let open: string[] = []
  let openMark: string | null = null
  const close = () => {
    if (open.length > 0) out.push(open.join(''))
    open = []
  }
  for (const line of text.split('\n')) {
    const mark = /^>*/.exec(line)?.[0] ?? ''
    const body = line.slice(mark.length).replace(/^ /, '')
    const isSoft = body.endsWith(' ') && body !== '-- '
    if (openMark !== mark) {
      close()
      open.push(mark === '' ? '' : `${mark} `)
    }
    open.push(isSoft && isDelSp ? body.slice(0, -1) : body)
    if (isSoft) openMark = mark
    else {
      close()
      openMark = null
    }
  }
  close()
  return out.join('\n')
}
