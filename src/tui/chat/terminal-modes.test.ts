import {expect, test} from 'vitest'
import {setTerminal} from './terminal-modes.js'

test('a terminal is put back as it was, once, also where nobody asks for it before the process ends', () => {
  const sent: string[] = []
  const raw: boolean[] = []
  const input = {setRawMode: (isRaw: boolean) => raw.push(isRaw)}
  const before = process.listeners('exit')
  const restore = setTerminal(input, {write: (text) => sent.push(text)})
  const [atExit] = process.listeners('exit').filter((listener) => !before.includes(listener))
  expect(atExit).toBe(restore)
  restore()
  restore()
  expect(raw).toEqual([true, false])
  expect(sent).toEqual(['\u001b[?2004h\u001b[>1u', '\u001b[<u\u001b[?2004l\u001b[?25h'])
  expect(process.listeners('exit')).toEqual(before)
})
