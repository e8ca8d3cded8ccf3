import type {Answer, Engine, EngineModel, EngineRequest, Prompt, Reply, Stopped} from '../src/engines/engine.js'

/** What a judge says next: the parts of an answer that matter, a failure, or a function of the request. */
export type Line =
  | Partial<Answer>
  | (Pick<Stopped, 'reason'> & Partial<Stopped>)
  | ((prompt: Prompt, request: EngineRequest) => Line | Promise<Line>)

export interface Judge extends Engine {
  readonly prompts: Prompt[]
}

const MODEL: EngineModel = {
  window: 200_000,
  maxOutput: 4_096,
  prices: {input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75, cacheWriteHour: 6},
  billing: 'metered',
  minCacheTokens: 1024,
  identity: 'judge',
}

/** An engine as the port has it that says these lines in their order, and the last one for ever. */
export function openJudge(name: string, lines: readonly Line[], model: Partial<EngineModel> = {}): Judge {
  const prompts: Prompt[] = []
  return {
    name,
    model: {...MODEL, identity: `judge-${name}`, ...model},
    prompts,
    async reply(request, {onEvent, signal}) {
      const prompt = await request.prompt()
      prompts.push(prompt)
      const line = await said(lines[Math.min(prompts.length, lines.length) - 1] ?? {}, prompt, request)
      if (signal.aborted) return stop({reason: 'interrupted'})
      if ('reason' in line) return stop(line)
      if (line.text) onEvent({kind: 'text', text: line.text})
      return answer(line as Partial<Answer>, {prompt, request})
    },
  }
}

async function said(
  line: Line,
  prompt: Prompt,
  request: EngineRequest,
): Promise<Exclude<Line, (...args: never[]) => unknown>> {
  return typeof line === 'function' ? said(await line(prompt, request), prompt, request) : line
}

function stop(line: Pick<Stopped, 'reason'> & Partial<Stopped>): Reply {
  return {kind: 'stopped', detail: `it is ${line.reason}`, usage: null, ...line}
}

function answer(line: Partial<Answer>, {prompt, request}: {prompt: Prompt; request: EngineRequest}): Answer {
  const calls = (line.calls ?? []).map((call, index) => ({...call, id: `${prompt.steps.length}-${index}`}))
  const end = line.end ?? (calls.length > 0 ? 'calls' : 'done')
  const bytes = Buffer.byteLength(prompt.prefix) + Buffer.byteLength(JSON.stringify([prompt.tools, prompt.steps]))
  const usage = {
    input: Math.ceil(bytes / 4),
    output: Math.ceil((line.text ?? '').length / 4) + 1,
    cacheRead: 0,
    cacheWrite: 0,
    cacheWriteHour: 0,
    costUsd: null,
    modelCalls: 1,
  }
  const answered = end === 'done' ? request.questions.map(({check}) => check) : []
  return {kind: 'answer', text: '', usage, answered, ...line, calls, end}
}
