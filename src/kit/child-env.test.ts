import {expect, test} from 'vitest'
import {childEnv} from './child-env.js'

test('hands on what a program needs to run, and no key', () => {
  const env = {
    PATH: '/bin',
    HOME: '/h',
    LC_ALL: 'C',
    LANG: undefined,
    ANTHROPIC_API_KEY: 'k',
    NODE_OPTIONS: '-r x',
    MCOS_HOME: '/m',
  }
  expect(childEnv(env)).toEqual({PATH: '/bin', HOME: '/h', LC_ALL: 'C'})
})
