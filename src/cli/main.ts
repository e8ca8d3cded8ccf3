import {Config, Help, settings} from '@oclif/core'
import {EXIT, UserError} from '../kit/errors.js'
import {findCommand, type Request} from './find-command.js'
import {tellFailure} from './tell-failure.js'

settings.enableAutoTranspile = false

/** Runs one command line. What fails inside a command is told by the command; what fails before it, here. */
export async function runCli(argv: readonly string[], root: string): Promise<void> {
  outliveReaders()
  try {
    const config = await Config.load({root})
    await answer(config, findCommand(argv, config.commandIDs, topicNames(config)))
  } catch (error) {
    tellFailure(error, {json: argv.includes('--json'), help: 'mcos --help'})
  }
}

async function answer(config: Config, request: Request): Promise<void> {
  switch (request.kind) {
    case 'command':
      await config.runCommand(request.id, [...request.argv])
      return
    case 'help':
      await showHelp(config, request.subject)
      return
    case 'topic':
      await showHelp(config, [request.id])
      process.exitCode = EXIT.usage
      return
    case 'unknown':
      throw unknownCommand(request)
  }
}

async function showHelp(config: Config, subject: readonly string[]): Promise<void> {
  await new Help(config, config.pjson.oclif.helpOptions).showHelp([...subject])
}

function unknownCommand({typed, nearest}: Request & {kind: 'unknown'}): UserError {
  const fix = nearest.length > 0 ? nearest.map((id) => `mcos ${id} --help`) : ['mcos --help']
  return new UserError(`There is no command ${JSON.stringify(typed)}.`, {code: 'USAGE', fix, exit: EXIT.usage})
}

function topicNames(config: Config): string[] {
  return config.topics.map(({name}) => name)
}

/** A reader that has seen enough (`| head`) is no error: the work is finished, its output is not. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}
