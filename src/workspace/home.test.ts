import {mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {isUserError} from '../kit/errors.js'
import {agentAt, agentPaths, findAgent, listAgents, listStrangers} from './agents.js'
import {findHome, readHome} from './home.js'

let dir = ''

beforeEach(() => {
  dir = realpathSync(mkdtempSync(path.join(tmpdir(), 'mcos-home-')))
  writeFileSync(path.join(dir, 'mcos.yaml'), 'version: 1\n')
})

afterEach(() => rmSync(dir, {recursive: true}))

const makeAgents = (...names: string[]) => {
  for (const name of names) mkdirSync(path.join(dir, 'workspaces', name), {recursive: true})
}

describe('finding the home', () => {
  test('walks up from where one stands', () => {
    makeAgents('donna')
    expect(findHome({cwd: path.join(dir, 'workspaces/donna'), env: {}})).toBe(dir)
    expect(findHome({cwd: dir, env: {}})).toBe(dir)
  })

  test('takes --home before MCOS_HOME before the folder', () => {
    expect(findHome({home: dir, cwd: '/', env: {MCOS_HOME: '/nowhere'}})).toBe(dir)
    expect(findHome({cwd: '/', env: {MCOS_HOME: dir}})).toBe(dir)
    expect(findHome({cwd: dir, env: {MCOS_HOME: ''}})).toBe(dir)
  })

  test('says which of them named a folder that is none', () => {
    expect(() => findHome({cwd: dir, env: {MCOS_HOME: '/nowhere'}})).toThrow('MCOS_HOME names /nowhere')
    expect(() => findHome({home: 'workspaces', cwd: dir, env: {}})).toThrow(`--home names ${dir}/workspaces`)
    expect(() => findHome({cwd: '/', env: {}})).toThrow('There is no fleet here')
  })

  test('a home that has lost its mcos.yaml is told by name, with what brings the file back', async () => {
    makeAgents('donna')
    mkdirSync(path.join(dir, '.mcos'))
    rmSync(path.join(dir, 'mcos.yaml'))
    const told = (cwd: string, home?: string): string[] => {
      try {
        return [findHome({cwd, env: {}, home})]
      } catch (error) {
        return isUserError(error) ? [error.message, ...error.suggestions] : []
      }
    }
    const gone = `mcos.yaml is gone from ${dir}, where a fleet lies.`
    expect(told(dir)).toEqual([gone, 'git restore mcos.yaml', 'mcos doctor'])
    const fromElsewhere = [gone, `git -C ${dir} restore mcos.yaml`, `mcos doctor --home ${dir}`]
    expect(told(path.join(dir, 'workspaces/donna'))).toEqual(fromElsewhere)
    expect(told('/', dir)).toEqual(fromElsewhere)
  })

  test('takes a file, a name that no disk takes and a link in a circle for no folder of a fleet', () => {
    symlinkSync('round', path.join(dir, 'round'))
    for (const home of ['mcos.yaml', 'x'.repeat(300), 'round']) {
      expect(() => findHome({home, cwd: dir, env: {}})).toThrow(
        `--home names ${dir}/${home}, and there is no mcos.yaml`,
      )
    }
  })

  test('quotes what a shell would read in the command that makes a fleet there', () => {
    try {
      findHome({home: 'my fleet', cwd: dir, env: {}})
      expect.fail('it was found')
    } catch (error) {
      expect(error).toMatchObject({suggestions: [`mcos init fleet '${dir}/my fleet'`]})
    }
  })

  test('reads its config under the name of its folder, unless a cache knows the text', async () => {
    const home = await readHome(dir)
    expect(home.config.name).toBe(path.basename(dir))
    const cached = await readHome(dir, {
      cached: (text) => (text === home.configText ? {...home.config, name: 'cached'} : null),
    })
    expect(cached.config.name).toBe('cached')
  })
})

describe('its agents', () => {
  test('are the well-named folders under workspaces, and the rest is told apart', async () => {
    makeAgents('jarvis', 'donna', 'Bad Name', '.hidden')
    symlinkSync('/etc', path.join(dir, 'workspaces/linked'))
    writeFileSync(path.join(dir, 'workspaces/README.md'), '')
    const home = await readHome(dir)
    expect(listAgents(home).map(({name}) => name)).toEqual(['donna', 'jarvis'])
    expect(listStrangers(home)).toEqual(['workspaces/Bad Name', 'workspaces/linked'])
  })

  test('are found by name, and a slip is helped', async () => {
    makeAgents('donna')
    const home = await readHome(dir)
    expect(findAgent(home, 'donna')).toEqual({name: 'donna', path: 'workspaces/donna'})
    expect(() => findAgent(home, 'dona')).toThrow(
      expect.objectContaining({code: 'NO_AGENT', suggestions: ['Did you mean donna?'], exit: 2}),
    )
    expect(() => findAgent(home, 'nobody')).toThrow(
      expect.objectContaining({code: 'NO_AGENT', suggestions: ['mcos fleet list   # donna']}),
    )
    expect(() => findAgent(home, '../donna')).toThrow(expect.objectContaining({code: 'BAD_NAME', exit: 2}))
  })

  test('are found by standing in their folder, also in a flat home', async () => {
    makeAgents('donna', 'donna-two')
    const home = await readHome(dir)
    expect(agentAt(home, path.join(dir, 'workspaces/donna/memory'))?.name).toBe('donna')
    expect(agentAt(home, path.join(dir, 'workspaces/donna-two'))?.name).toBe('donna-two')
    expect(agentAt(home, dir)).toBeNull()
    expect(agentAt(home, '/')).toBeNull()
    writeFileSync(path.join(dir, 'mcos.yaml'), 'agents: {donna: {path: .}}\n')
    expect(agentAt(await readHome(dir), path.join(dir, 'memory'))?.name).toBe('donna')
  })

  test('have their files below their folder, which may be the home', () => {
    expect(agentPaths({name: 'donna', path: '.'})).toMatchObject({soul: 'SOUL.md', inboxNew: 'inbox/new'})
    const paths = agentPaths({name: 'donna', path: 'workspaces/donna'})
    expect([paths.log('2026-11-21'), paths.inboxDone('2026-11'), paths.workstateWith('ada')]).toEqual([
      'workspaces/donna/memory/2026-11-21.md',
      'workspaces/donna/inbox/done/2026-11',
      'workspaces/donna/workstate/chat-ada.md',
    ])
  })
})
