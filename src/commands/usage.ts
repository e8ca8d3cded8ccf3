import {Flags} from '@oclif/core'
import {USAGE_KEYS, type UsageKey, type UsageReport, usageOf} from '../app/usage.js'
import {BaseCommand} from '../cli/base-command.js'
import {EXIT, UserError} from '../kit/errors.js'
import {presentUsage} from '../present/usage.js'

export default class Usage extends BaseCommand {
  static override summary = 'Tokens and money, against budgets; engines that are not asked just now, and why.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --since 7d --by day',
    '<%= config.bin %> <%= command.id %> --since 2026-11-01 --by engine --json',
  ]
  static override flags = {
    by: Flags.string({
      description: 'What gets a row of its own: any of agent, engine, day, with commas between them.',
      default: 'agent,engine',
      helpValue: 'KEYS',
    }),
    since: Flags.string({
      description: 'From when on: 7d, or a day such as 2026-11-01; otherwise today.',
      helpValue: 'TIME',
    }),
  }

  async run(): Promise<UsageReport> {
    const {flags} = await this.parse(Usage)
    const report = await usageOf(await this.fleet(), {by: parseKeys(flags.by), since: flags.since ?? null})
    this.print(presentUsage(report))
    return report
  }
}

function parseKeys(typed: string): UsageKey[] {
  const words = typed.split(',').map((word) => word.trim())
  const keys = words.flatMap((word) => USAGE_KEYS.find((key) => key === word) ?? [])
  if (keys.length === words.length && new Set(keys).size === keys.length) return keys
  throw new UserError(`--by takes any of ${USAGE_KEYS.join(', ')}, each once, with commas between them.`, {
    code: 'USAGE',
    fix: 'mcos usage --by agent,day',
    exit: EXIT.usage,
  })
}
