import {expect, test} from 'vitest'
import {parseStatusLine} from './status-arguments.js'

test.each([
  [[], {plain: false, json: false}],
  [['--plain'], {plain: true, json: false}],
  [['--json', '--home', '/srv/fleet'], {plain: false, json: true, home: '/srv/fleet'}],
  [['--home=/srv/fleet'], {plain: false, json: false, home: '/srv/fleet'}],
])('%j is one look', (argv, line) => {
  expect(parseStatusLine(argv)).toEqual(line)
})

test.each([[['--watch']], [['--help']], [['--home']], [['--home=']], [['donna']], [['--json', '--wild']]])(
  '%j is left to oclif',
  (argv) => {
    expect(parseStatusLine(argv)).toBeNull()
  },
)
