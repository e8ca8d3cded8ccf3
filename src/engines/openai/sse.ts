/**
 * The `data:` of each event of a stream, whatever pieces its bytes come in. Comments, which some servers send to keep the
 * line open, blank lines and other fields are passed over; a last event without its blank line counts.
 */
export async function* eventData(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  let data: string[] = []
  for await (const line of linesOf(bytes)) {
    if (line === '') {
      if (data.length > 0) yield data.join('\n')
      data = []
    } else if (line === 'data') data.push('')
    else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5))
  }
  if (data.length > 0) yield data.join('\n')
}

/** Lines end with LF, CRLF or CR, and neither a line's end nor a letter minds being cut in two. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of bytes) {
    const more = decoder.decode(chunk, {stream: true})
    const hasEnd = /[\r\n]/.test(more) || rest.endsWith('\r')
    rest += more
    if (!hasEnd) continue
    // A CR at the end may be half of a CRLF: it waits for what comes.
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    yield* lines
  }
  rest += decoder.decode()
  if (rest !== '') yield* rest.split(/\r\n|\n|\r/)
}
