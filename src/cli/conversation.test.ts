import {expect, test} from 'vitest'
import {converseOver} from './conversation.js'

/** What is written when one question is answered by Enter on a terminal of this width. */
async function asked(columns: number): Promise<string> {
  let written = ''
  const talk = converseOver({
    read: async () => '',
    write: (text) => {
      written += text
    },
    close: () => undefined,
    columns: () => columns,
  })
  const answer = await talk.ask({
    text: 'Who is your first agent?',
    why: 'Each comes with its own texts; all of them are yours to edit. More agents: mcos init agent NAME.',
    options: [
      {word: 'solo', label: 'one agent that looks after your things and tells you what is new'},
      {word: 'blank', label: 'one you describe yourself'},
    ],
    fallback: 'solo',
  })
  expect(answer).toBe('solo')
  return written
}

test('on a narrow terminal words go on below the words they belong to', async () => {
  expect(await asked(50)).toMatchInlineSnapshot(`
    "
    Who is your first agent?
      Each comes with its own texts; all of them are
      yours to edit. More agents: mcos init agent
      NAME.
      1  solo   one agent that looks after your things
                and tells you what is new
      2  blank  one you describe yourself
    "
  `)
})

test('no line is wider than the terminal, and on a wide one each stays whole', async () => {
  for (const columns of [40, 60, 80])
    for (const line of (await asked(columns)).split('\n')) expect(line.length).toBeLessThanOrEqual(columns)
  expect((await asked(200)).split('\n')).toHaveLength(6)
})
