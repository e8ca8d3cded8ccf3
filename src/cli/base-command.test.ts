import {Args, Flags} from '@oclif/core'
import {expect, test} from 'vitest'
import {runCommand} from '../../testing/run-command.js'
import {EXIT, UserError} from '../kit/errors.js'
import {BaseCommand} from './base-command.js'

class Say extends BaseCommand {
  static override id = 'say:it'
  static override args = {text: Args.string({required: true})}
  static override flags = {
    fail: Flags.option({options: ['user', 'bug'] as const})(),
    refuse: Flags.boolean(),
  }

  async run(): Promise<{said: string}> {
    const {args, flags} = await this.parse(Say)
    if (flags.fail === 'user') throw new UserError('It is too loud.', {code: 'LOUD', fix: 'mcos say less', exit: 3})
    if (flags.fail === 'bug') throw new TypeError('text is not a function')
    if (flags.refuse) this.endWith(EXIT.waiting)
    this.note('a notice')
    this.progress('half of it')
    this.print(args.text)
    return {said: args.text}
  }
}

class Rehearse extends BaseCommand {
  static override flags = {'dry-run': Flags.boolean(), loud: Flags.boolean({default: true, allowNo: true})}

  async run(): Promise<{dry_run: boolean; loud: boolean}> {
    const {flags} = await this.parse(Rehearse)
    return {dry_run: flags['dry-run'], loud: flags.loud}
  }
}

class SayMany extends BaseCommand {
  static override strict = false
  static override args = {text: Args.string()}

  async run(): Promise<{said: string[]; home: string | null}> {
    const {argv, flags} = await this.parse(SayMany)
    return {said: argv.map(String), home: flags.home ?? null}
  }
}

test('a command that takes any number of words gets them, beside what every command has', async () => {
  const {stdout} = await runCommand(SayMany, ['a', 'b', 'c', '--home', '/fleet', '--json'])
  expect(JSON.parse(stdout)).toEqual({said: ['a', 'b', 'c'], home: '/fleet'})
})

test('results go to stdout, notices to stderr, and progress only where somebody watches', async () => {
  expect(await runCommand(Say, ['hello'])).toEqual({stdout: 'hello\n', stderr: 'a notice\n', code: 0})
})

test('under --json the returned object is all of stdout', async () => {
  const {stdout, code} = await runCommand(Say, ['hello', '--json'])
  expect(stdout).toBe('{\n  "said": "hello"\n}\n')
  expect(code).toBe(0)
})

test('a switch that was not given is false, not missing, and one that is on by itself stays on', async () => {
  expect(JSON.parse((await runCommand(Rehearse, ['--json'])).stdout)).toEqual({dry_run: false, loud: true})
  expect(JSON.parse((await runCommand(Rehearse, ['--dry-run', '--no-loud', '--json'])).stdout)).toEqual({
    dry_run: true,
    loud: false,
  })
})

test('printed text is cleaned, the object is escaped instead', async () => {
  const hostile = 'a\u001b[2Jb\u202ec'
  expect((await runCommand(Say, [hostile])).stdout).toBe('abc\n')
  const {stdout} = await runCommand(Say, [hostile, '--json'])
  expect(stdout).toContain('a\\u001b[2Jb\\u202ec')
  expect(JSON.parse(stdout)).toEqual({said: hostile})
})

test('a command may answer and still end with another code', async () => {
  expect((await runCommand(Say, ['hello', '--refuse'])).code).toBe(EXIT.waiting)
})

test('what a person can put right is told with its fix and exit code', async () => {
  expect(await runCommand(Say, ['x', '--fail', 'user'])).toEqual({
    stdout: '',
    stderr: 'It is too loud.\n  mcos say less\n',
    code: EXIT.refused,
  })
  const {stdout, stderr, code} = await runCommand(Say, ['x', '--fail', 'user', '--json'])
  expect(JSON.parse(stdout)).toEqual({
    error: {code: 'LOUD', message: 'It is too loud.', suggestions: ['mcos say less']},
  })
  expect({stderr, code}).toEqual({stderr: '', code: EXIT.refused})
})

test.each([
  [['x', '--wild'], 'There is no flag --wild.'],
  [['x', '--fail', 'maybe'], '--fail takes one of user, bug, not "maybe".'],
  [['x', 'y'], '"y" is a word too many. TEXT is one argument: put quotes round it.'],
  [[], 'TEXT is missing.'],
])('%j is wrong usage', async (argv, message) => {
  const {stderr, code} = await runCommand(Say, argv)
  expect({stderr, code}).toEqual({stderr: `${message}\n  mcos say it --help\n`, code: EXIT.usage})
})

test('our own bug shows its stack, under --json beside the document', async () => {
  const {stdout, stderr, code} = await runCommand(Say, ['x', '--fail', 'bug', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({error: {code: 'BUG'}})
  expect(stderr).toMatch(/^TypeError: text is not a function\n +at .*base-command\.test/)
  expect(stderr).toContain('This is a bug in mcos')
  expect(code).toBe(EXIT.failed)
})
