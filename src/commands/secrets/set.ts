import {Args, Flags} from '@oclif/core'
import {type KeptSecret, setSecret} from '../../app/secrets/keep.js'
import {requirePerson} from '../../cli/actor.js'
import {BaseCommand} from '../../cli/base-command.js'
import {readHidden} from '../../cli/read-hidden.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {presentKept} from '../../present/secrets.js'

export default class SecretsSet extends BaseCommand {
  static override summary = 'Keep a secret on this machine, to be referred to as keyring:NAME.'
  static override description =
    "The value is typed unseen or piped in, never an argument. It goes into the desktop's keyring, or where there is none into a file that only this machine's key opens."
  static override examples = [
    '<%= config.bin %> <%= command.id %> DONNA_KEY',
    'pass show donna | <%= config.bin %> <%= command.id %> DONNA_KEY --in age',
  ]
  static override args = {name: Args.string({required: true, description: 'Letters, digits, "_", "-" and ".".'})}
  static override flags = {
    in: Flags.option({options: ['keyring', 'age'] as const, description: 'Where, and nowhere else.'})(),
  }

  async run(): Promise<KeptSecret> {
    const {args, flags} = await this.parse(SecretsSet).catch(withoutTheValue)
    requirePerson(process.env)
    const fleet = await this.fleet()
    const value = await readHidden(`The value of ${args.name} (it is not shown):`)
    const kept = await setSecret(fleet, {name: args.name, value, wants: flags.in ?? null})
    this.print(presentKept(kept))
    return kept
  }
}

/** What was typed behind the name may be the value itself, and is not said a second time. */
function withoutTheValue(error: unknown): never {
  if (!(error instanceof Error) || !error.message.startsWith('Unexpected argument')) throw error
  throw new UserError('A value is typed unseen or piped in, never an argument: by now your shell has kept it.', {
    code: 'USAGE',
    fix: 'mcos secrets set NAME, with another value',
    exit: EXIT.usage,
  })
}
