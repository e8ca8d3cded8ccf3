import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {configCheckup} from './config.js'
import {CHECKUPS} from './registry.js'

const PAGE = readFileSync(new URL('../../../docs/doctor.md', import.meta.url), 'utf8')

test('docs/doctor.md lists every check with its title, what mends it and whether --fix does, and no other', () => {
  const rows = PAGE.split('\n').flatMap((line) => {
    const [, id, title, mends, isFixed] = /^\| `([a-z-]+)` \| (.+) \| (.+) \| (yes|no) \|$/.exec(line) ?? []
    return id === undefined ? [] : [{id, title, hasWay: mends !== '', isFixed}]
  })
  expect(rows).toEqual(
    [configCheckup(null), ...CHECKUPS].map(({id, title, repair}) => ({
      id,
      title,
      hasWay: true,
      isFixed: repair ? 'yes' : 'no',
    })),
  )
})
