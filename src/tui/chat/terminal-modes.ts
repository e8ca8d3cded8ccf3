/** The parts of a terminal's input that are set for a screen and set back. */
export interface TerminalInput {
  setRawMode?(isRaw: boolean): unknown
}

// Pasted text in brackets; keys with Shift, Ctrl and Alt told apart, where a terminal knows how (kitty's protocol).
const ENTER = '\u001b[?2004h\u001b[>1u'
const LEAVE = '\u001b[<u\u001b[?2004l\u001b[?25h'

/** Sets the terminal for a screen, and gives what puts it back: once, however often it is called, and at any end of the process. */
export function setTerminal(input: TerminalInput, output: {write(text: string): unknown}): () => void {
  let isSet = true
  const restore = (): void => {
    if (!isSet) return
    isSet = false
    process.off('exit', restore)
    input.setRawMode?.(false)
    output.write(LEAVE)
  }
  process.once('exit', restore)
  input.setRawMode?.(true)
  output.write(ENTER)
  return restore
}
