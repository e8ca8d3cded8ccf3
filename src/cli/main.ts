import {Config, Help, settings} from '@oclif/core'
import {EXIT, UserError} from '../kit/errors.js'
import {findCommand, type Request} from './find-command.js'
import {tellUnwritten} from './quick-output.js'
import {tellFailure} from './tell-failure.js'

settings.enableAutoTranspile = false

/** Runs one command line. What fails inside a command is told by the command; what fails before it, here. */
export async function runCli(argv: readonly string[], root: string): Promise<void> {
  outliveReaders()
  try {
    const config = await Config.load({root})
    await answer(config, findCommand(argv, config.commandIDs, topicNames(config)), argv)
  } catch (error) {
    tellFailure(error, {json: argv.includes('--json'), help: 'mcos --help'})
  }
}

async function answer(config: Config, request: Request, argv: readonly string[]): Promise<void> {
  switch (request.kind) {
    case 'command':
      await config.runCommand(request.id, [...request.argv])
      return
    case 'help':
      if (argv.length === 0) await welcome(config)
      else await showHelp(config, request.subject)
      return
    case 'topic':
      // A program can't read a page of help.
      if (argv.includes('--json')) throw noCommandYet(request.id, config.commandIDs)
      await showHelp(config, [request.id])
      process.exitCode = EXIT.usage
      return
    case 'unknown':
      throw await unknownCommand(request)
  }
}

async function showHelp(config: Config, subject: readonly string[]): Promise<void> {
  await new Help(config, config.pjson.oclif.helpOptions).showHelp([...subject])
}

/** `mcos` alone: in a fleet the help and who is here, elsewhere how to begin. */
async function welcome(config: Config): Promise<void> {
  const {hereLine, WELCOME} = await import('./here.js')
  const line = await hereLine()
  if (line === null) process.stdout.write(WELCOME)
  else {
    await showHelp(config, [])
    process.stdout.write(`${line}\n`)
  }
}

/** An agent's name in the place of a command is no typing error: somebody wants to talk to it. */
async function unknownCommand({typed, nearest}: Request & {kind: 'unknown'}): Promise<UserError> {
  const {agentMeant} = await import('./here.js')
  const [first = ''] = typed.split(' ')
  const near = nearest.map((id) => (id.startsWith('-') ? `mcos ${id}` : `mcos ${id} --help`))
  const agent = await agentMeant(first, {isExact: near.length > 0})
  const forAgent = agent === null ? [] : [`mcos run ${agent} "…"`, `mcos log ${agent}`, `mcos heartbeat ${agent}`]
  const what = agent === null ? '' : agent === first ? ` ${agent} is an agent.` : ` Did you mean the agent ${agent}?`
  const fix = agent === null && near.length === 0 ? 'mcos --help' : [...forAgent, ...near]
  return new UserError(`There is no command ${JSON.stringify(typed)}.${what}`, {code: 'USAGE', fix, exit: EXIT.usage})
}

function noCommandYet(topic: string, ids: readonly string[]): UserError {
  const verbs = ids.filter((id) => id.startsWith(`${topic}:`)).map((id) => id.slice(topic.length + 1))
  const line = `mcos ${topic.replaceAll(':', ' ')}`
  return new UserError(`${line} takes one of: ${verbs.join(', ')}.`, {
    code: 'USAGE',
    fix: `${line} --help`,
    exit: EXIT.usage,
  })
}

function topicNames(config: Config): string[] {
  return config.topics.map(({name}) => name)
}

/** A reader that has seen enough (`| head`) is no error: the work is finished, its output is not. A full disk is told. */
function outliveReaders(): void {
  // oclif's own listener throws what isn't EPIPE.
  process.stdout.removeAllListeners('error')
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') tellUnwritten(error)
    })
  }
}
