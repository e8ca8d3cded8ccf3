import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {CODING_AGENTS, HOOK_DIALECTS} from './coding-agents.js'
import {hookEntry, hookWordOf, isOurHandler} from './hook-entry.js'
import {handlersIn, withHooks, withoutHooks} from './settings-text.js'

const STARTER = {node: '/usr/bin/node', mcos: '/opt/mcos/bin/mcos.js', home: '/srv/my fleet'}
const CLAUDE = {host: 'claude', file: 'settings.json'} as const
const GEMINI = {host: 'gemini', file: 'settings.json'} as const

describe('the hooks in a settings file', () => {
  test.each(CODING_AGENTS)('%s is given one for each event it has, and the same again changes nothing', (host) => {
    const place = {host, file: 'x.json'}
    const text = withHooks(null, place, STARTER)
    const words = handlersIn(text, place).map(({event, handler}) => `${event} ${hookWordOf(handler)}`)
    expect(words).toEqual(Object.entries(HOOK_DIALECTS[host].events).map((pair) => pair.join(' ')))
    expect(withHooks(text, place, STARTER)).toBe(text)
    expect(JSON.parse(withoutHooks(text, place))).toEqual({})
  })

  test('keep the format, the order and every other hook of the file', () => {
    const text = [
      '{',
      '    "model": "opus",',
      '    "hooks": {',
      '        "PreToolUse": [',
      '            {"matcher": "Bash", "hooks": [{"type": "command", "command": "./mine.sh"}]}',
      '        ]',
      '    },',
      '    "env": {}',
      '}',
    ].join('\n')
    const now = withHooks(text, CLAUDE, STARTER)
    expect(now.startsWith(text.slice(0, text.indexOf('./mine.sh')))).toBe(true)
    expect(now.endsWith('    },\n    "env": {}\n}')).toBe(true)
    const {hooks} = JSON.parse(now)
    expect(hooks.PreToolUse).toHaveLength(2)
    expect(hooks.PreToolUse[1]).toEqual(hookEntry('claude', 'PreToolUse', STARTER))
    expect(withoutHooks(now, CLAUDE)).toBe(text)
  })

  test('replace an older entry of ours, and leave its neighbours in the same group', () => {
    const mine = {type: 'command', command: 'notify-send done'}
    const old = {type: 'command', command: 'mcos', args: ['hook', 'pre-compact']}
    const text = JSON.stringify({hooks: {PreCompact: [{hooks: [mine, old]}], Stop: [{hooks: [old]}]}})
    const {hooks} = JSON.parse(withHooks(text, CLAUDE, STARTER))
    expect(hooks.PreCompact).toEqual([{hooks: [mine]}, hookEntry('claude', 'PreCompact', STARTER)])
    expect(hooks.Stop).toEqual([hookEntry('claude', 'Stop', STARTER)])
    expect(JSON.parse(withoutHooks(text, CLAUDE))).toEqual({hooks: {PreCompact: [{hooks: [mine]}]}})
  })

  test('keep comments where the host takes them, also behind the last member', () => {
    const text = '{\n  // mine\n  "ui": {"theme": "x"} // last, but not least\n  /* end */\n}\n'
    const now = withHooks(text, GEMINI, STARTER)
    expect(now).toContain('"ui": {"theme": "x"}, // last, but not least\n  /* end */\n  "hooks": {')
    expect(withoutHooks(now, GEMINI)).toBe(text)
  })

  test.each([
    ['{"a": 1,}', ':1:9: expected a value, got "}"'],
    ['{\n  "a": tru\n}', ':2:8: expected a value, got "tru"'],
    ['{\n  // note\n}', ':2:3: expected no comment, got "// note"'],
    ['[]', ':1: expected an object, got []'],
    ['{"hooks": []}', ':1: expected an object of events, got []'],
    ['{"hooks": {"PreToolUse": {}}}', ':1: expected a list under PreToolUse, got {}'],
    ['{"a": 1, "a": 2}', 'expected "a" only once'],
    ['{"a": 1} {', ':1:10: expected the end of the file, got "{"'],
    ['['.repeat(5000), 'expected at most 200 levels'],
  ])('go into no file that cannot be read: %j', (text, message) => {
    expect(() => withHooks(text, CLAUDE, STARTER)).toThrow(message)
  })

  test('come and go without a trace in whatever a file holds, however it is written', () => {
    const key = fc.oneof(fc.constantFrom('hooks ', 'Stop', '__proto__', 'a"b\\', '{ x'), fc.string())
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        {maxDepth: 3},
        fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant('{ [ ] } // "')),
        fc.array(tie('node'), {maxLength: 3}),
        fc.dictionary(key, tie('node'), {maxKeys: 3}),
      ),
    })).node
    const group = fc.record({
      hooks: fc.array(fc.record({type: fc.constant('command'), command: fc.string()}), {minLength: 1}),
    })
    const hooks = fc.dictionary(
      fc.constantFrom('PreToolUse', 'Stop', 'Other'),
      fc.array(group, {minLength: 1, maxLength: 2}),
      {minKeys: 1},
    )
    const settings = fc.tuple(fc.dictionary(key, value, {maxKeys: 4}), fc.option(hooks)).map(([rest, own]) => ({
      ...rest,
      ...(own === null ? {} : {hooks: own}),
    }))
    const style = fc.constantFrom('', '  ', '    ', '\t')
    fc.assert(
      fc.property(settings, style, fc.boolean(), (before, unit, isWindows) => {
        fc.pre(handlersIn(JSON.stringify(before), CLAUDE).length === 0)
        const plain = JSON.stringify(before, null, unit)
        const text = isWindows ? plain.replaceAll('\n', '\r\n') : plain
        const now = withHooks(text, CLAUDE, STARTER)
        expect(handlersIn(now, CLAUDE)).toHaveLength(6)
        expect(withHooks(now, CLAUDE, STARTER)).toBe(now)
        expect(withoutHooks(now, CLAUDE)).toBe(text)
        expect(JSON.parse(now)).toMatchObject(JSON.parse(JSON.stringify({...before, hooks: {}})))
      }),
      {numRuns: 100},
    )
  })
})

test.each([
  [{type: 'command', command: 'mcos hook pre-compact'}, true],
  [{type: 'command', command: "'/usr/bin/node' '/my dir/bin/mcos.js' hook stop --home /x"}, true],
  [{type: 'command', command: 'mcos', args: ['hook', 'stop']}, true],
  [{type: 'command', command: 'npx', args: ['mcos', 'hook', 'stop']}, true],
  [{type: 'command', command: './mcos-like hook stop'}, false],
  [{type: 'command', command: 'echo mcos'}, false],
  [{type: 'command', command: 'mcos heartbeat'}, false],
  [{type: 'http', url: 'http://mcos hook stop'}, false],
  [null, false],
])('%j is ours: %s', (handler, expected) => {
  expect(isOurHandler(handler)).toBe(expected)
})
