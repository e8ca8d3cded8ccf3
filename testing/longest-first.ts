import {BaseSequencer, type TestSpecification} from 'vitest/node'

/** Those that take more than ten seconds, the longest first: most of that they wait for processes or for a clock. */
export const LONG: readonly string[] = [
  'testing/planted-faults/planted.test.ts',
  'src/app/schedules/debian-cron.test.ts',
  'testing/docs/docs.test.ts',
  'testing/examples/examples.test.ts',
  'src/commands/guard/real-hosts.test.ts',
  'src/commands/mcp/mcp.test.ts',
  'src/app/channel/listen.test.ts',
  'torture/storms.test.ts',
  'torture/sigterm.test.ts',
  'torture/kill.test.ts',
  'src/commands/up.test.ts',
  'src/cli/words-door.test.ts',
  'scripts/pack.test.ts',
  'src/app/canary/canary.test.ts',
  'torture/gitconfig.test.ts',
  'src/tui/status/terminal.test.ts',
  'src/commands/run.test.ts',
  'bench/bench.test.ts',
  'demo/run.test.ts',
  'src/tui/chat/chat-screen.tmux.test.ts',
]

/** Begins with what takes longest, so that in the end no worker waits for another; a file's size, which Vitest goes by, tells nothing of that. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({moduleId}: TestSpecification): number => {
      const index = LONG.findIndex((path) => moduleId.endsWith(path))
      return index < 0 ? LONG.length : index
    }
    return (await super.sort(files)).sort((one, other) => place(one) - place(other))
  }
}
