import type {Engine, EngineModel, Prompt, Reply} from './engine.js'

/** An engine that answers from a record: what it is asked goes to `hear`, and nothing goes anywhere else. */
export function recordedEngine(
  {name, model}: {readonly name: string; readonly model: EngineModel},
  hear: (prompt: Prompt) => Reply,
): Engine {
  return {
    name,
    model,
    async reply(request, {onEvent}) {
      const reply = hear(await request.prompt())
      if (reply.kind === 'answer' && reply.text !== '') onEvent({kind: 'text', text: reply.text})
      return reply
    },
  }
}
