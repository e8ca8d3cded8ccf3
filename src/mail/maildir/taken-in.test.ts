import {expect, test} from 'vitest'
import {takenIn} from './taken-in.js'

test('a mail was taken in when its topmost Received says, and nowhere else', () => {
  const mail = (head: string) =>
    Buffer.from(`${head}\r\nSubject: x\r\n\r\nReceived: from c; Sat, 21 Nov 2026 10:00:00 +0000\r\n`)
  const top =
    'Received: from a (a.example [192.0.2.1])\r\n\tby mx.example with ESMTP; Tue, 5 May 2026 10:00:00 +0200 (CEST)'
  const below = 'Received: from b by a; Mon, 4 May 2026 08:00:00 +0000'
  expect(takenIn(mail(`${top}\r\n${below}`))).toBe(Date.parse('2026-05-05T08:00:00Z'))
  expect(takenIn(mail('From: a@b.example'))).toBeNull()
  expect(takenIn(mail('Received: from a by b; soon'))).toBeNull()
  expect(takenIn(mail('Received: from a by b'))).toBeNull()
})
