import {execFileSync} from 'node:child_process'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {testNeeding} from '../../../testing/needs.js'
import {aSchedule} from '../../../testing/schedule.js'
import {EVERY, paceOf} from './every.js'
import {formatCalendar, formatPlist, readPlist} from './launchd-plist.js'

test('the property list of a fleet, every half hour', () => {
  expect(formatPlist(aSchedule({kind: 'launchd', home: '/Users/ada/north & wind'}))).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
    <!-- Written by mcos service; changes here are lost. -->
    <plist version="1.0">
    <dict>
      <key>Label</key>
      <string>mcos-northwind</string>
      <key>ProgramArguments</key>
      <array>
        <string>/usr/bin/node</string>
        <string>/usr/lib/node_modules/mcos/bin/mcos.js</string>
        <string>heartbeat</string>
        <string>--home</string>
        <string>/Users/ada/north &amp; wind</string>
        <string>--all</string>
      </array>
      <key>WorkingDirectory</key>
      <string>/Users/ada/north &amp; wind</string>
      <key>EnvironmentVariables</key>
      <dict>
        <key>HOME</key>
        <string>/home/ada</string>
        <key>PATH</key>
        <string>/usr/local/bin:/usr/bin:/bin</string>
      </dict>
      <key>StartCalendarInterval</key>
      <array>
        <dict><key>Minute</key><integer>0</integer></dict>
        <dict><key>Minute</key><integer>30</integer></dict>
      </array>
      <key>ProcessType</key>
      <string>Background</string>
      <key>AbandonProcessGroup</key>
      <false/>
      <key>Umask</key>
      <integer>63</integer>
      <key>StandardErrorPath</key>
      <string>/Users/ada/north &amp; wind/.mcos/launchd.log</string>
    </dict>
    </plist>
    "
  `)
})

test('whatever a folder is called, the list reads back', () => {
  const names = fc.string({unit: fc.constantFrom(..."aé %$'&;|<>()*?#!~`{}[]=:,-".split('')), maxLength: 12})
  fc.assert(
    fc.property(names, fc.constantFrom(...EVERY), (name, everyMs) => {
      const home = `/x${name}x`
      const beat = readPlist(formatPlist(aSchedule({home, everyMs, env: {PATH: '/bin', HOME: home}})))
      expect(beat).toMatchObject({home, agents: [], path: '/bin', userHome: home, isOurs: true, hasControlGroup: true})
      expect(paceOf(beat?.calendar ?? '', formatCalendar)).toBe(everyMs)
    }),
  )
})

testNeeding('python3')('a reader of property lists that nobody here wrote reads the same', () => {
  const text = formatPlist(
    aSchedule({kind: 'launchd', agent: 'donna', home: `/Users/ada/a&b <c> "d'`, everyMs: 7_200_000}),
  )
  const script = 'import plistlib, json, sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))'
  const read = JSON.parse(execFileSync('python3', ['-c', script], {input: text, encoding: 'utf8'}))
  expect(read).toEqual({
    Label: 'mcos-northwind-donna',
    ProgramArguments: [
      ...['/usr/bin/node', '/usr/lib/node_modules/mcos/bin/mcos.js', 'heartbeat'],
      ...['--home', `/Users/ada/a&b <c> "d'`, 'donna'],
    ],
    WorkingDirectory: `/Users/ada/a&b <c> "d'`,
    EnvironmentVariables: {HOME: '/home/ada', PATH: '/usr/local/bin:/usr/bin:/bin'},
    StartCalendarInterval: Array.from({length: 12}, (_, index) => ({Hour: index * 2, Minute: 0})),
    ProcessType: 'Background',
    AbandonProcessGroup: false,
    Umask: 0o77,
    StandardErrorPath: `/Users/ada/a&b <c> "d'/.mcos/launchd.log`,
  })
})
