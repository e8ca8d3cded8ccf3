import fc from 'fast-check'
import {expect, test} from 'vitest'
import {blockLines, withBlock} from './crontab.js'

const HOME = '/home/ada/northwind'
const LINE = '*/30 * * * * cd /home/ada/northwind && mcos heartbeat'
const BLOCK = `# >>> mcos service: ${HOME}\n${LINE}\n# <<< mcos service: ${HOME}\n`

/** What stands in crontabs, and what may: other fleets' blocks, halves of ours, CRLF, no last newline, any byte. */
const crontabs = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'MAILTO=ada\n',
        '# a note\n',
        '\n',
        '0 5 * * 1 tar -zcf /var/backups/home.tgz /home/\n',
        '17 * * * * date +\\%s\r\n',
        '# >>> mcos service: /home/ada/north\n',
        '# <<< mcos service: /home/ada/north\n',
        `# >>> mcos service: ${HOME}\n`,
        `# <<< mcos service: ${HOME}\n`,
        '\u00e4\u00ff\n',
      ),
      fc.string({unit: 'binary', maxLength: 20}).map((text) => Buffer.from(text).toString('latin1')),
    ),
    {maxLength: 12},
  )
  .map((parts) => parts.join(''))

test('an empty crontab becomes the block, and empty again', () => {
  expect(withBlock('', HOME, [LINE])).toBe(BLOCK)
  expect(withBlock(BLOCK, HOME, [])).toBe('')
})

test('a block is renewed where it stands', () => {
  const around = (block: string): string => `MAILTO=ada\n${block}0 5 * * * backup\n`
  expect(withBlock(around(BLOCK), HOME, ['new'])).toBe(around(BLOCK.replace(LINE, 'new')))
  expect(blockLines(around(BLOCK), HOME)).toEqual([LINE])
})

test('a marker that lost the other is a comment like any other', () => {
  const begin = `# >>> mcos service: ${HOME}\n0 5 * * * backup\n`
  const end = `# <<< mcos service: ${HOME}\n0 5 * * * backup\n`
  for (const half of [begin, end, end + begin, end + end]) {
    expect(blockLines(half, HOME)).toBeNull()
    const installed = withBlock(half, HOME, [LINE])
    expect(installed).toBe(half + BLOCK)
    expect(withBlock(installed, HOME, [LINE])).toBe(installed)
    expect(withBlock(installed, HOME, [])).toBe(half)
  }
})

test('a block whose lines end in CRLF is still the block', () => {
  expect(withBlock(BLOCK.replaceAll('\n', '\r\n'), HOME, [])).toBe('')
})

test('whatever stands in a crontab, putting the block in and taking it out leaves every byte of it', () => {
  fc.assert(
    fc.property(crontabs, (crontab) => {
      fc.pre(blockLines(crontab, HOME) === null)
      const ended = crontab === '' || crontab.endsWith('\n') ? crontab : `${crontab}\n`
      const installed = withBlock(crontab, HOME, [LINE])
      expect(installed).toBe(ended + BLOCK)
      expect(withBlock(installed, HOME, [LINE])).toBe(installed)
      expect(withBlock(installed, HOME, [])).toBe(ended)
      expect(withBlock(crontab, HOME, [])).toBe(crontab)
    }),
    {numRuns: 1000},
  )
})

test('what others write around the block survives its change', () => {
  fc.assert(
    fc.property(crontabs, crontabs, (above, below) => {
      const before = above === '' || above.endsWith('\n') ? above : `${above}\n`
      fc.pre(blockLines(below, HOME) === null && !below.includes(`# <<< mcos service: ${HOME}`))
      fc.pre(blockLines(before, HOME) === null)
      expect(withBlock(before + BLOCK + below, HOME, ['other'])).toBe(before + BLOCK.replace(LINE, 'other') + below)
      expect(withBlock(before + BLOCK + below, HOME, [])).toBe(before + below)
    }),
    {numRuns: 1000},
  )
})
