import type {Engine} from '../../src/engines/engine.js'
import type {EngineHarness, FarSide, OpenedEngine} from '../engine-contract.js'
import {asksFor, type Behaviour, garbage, html, says, silence} from './behaviour.js'
import {fails, spendLimit} from './problem.js'
import {readableText} from './recorded.js'
import {type ModelServer, startModelServer} from './server.js'

export interface Opening {
  readonly url: string
  readonly timeoutMs: number
  readonly deadlineMs: number
}

/** Puts an engine that speaks over HTTP to the contract, with this server as its far side. */
export function serverHarness(
  name: string,
  wire: 'messages' | 'chat',
  openEngine: (opening: Opening) => Engine,
): EngineHarness {
  return {
    name,
    can: new Set(['say', 'call', 'call-badly', 'end-oddly', 'fail', 'silence', 'cut', 'babble']),
    takesTools: true,
    streams: true,
    open: async (script, patience) => {
      const server = await startModelServer({script: script.map((wanted) => behaviourOf(wanted, wire))})
      return openedOn(server, openEngine({url: server.url, ...patience}))
    },
  }
}

function openedOn(server: ModelServer, engine: Engine): OpenedEngine {
  return {
    engine,
    asked: () => server.requests.length,
    lastRead: () => {
      const last = server.requests.at(-1)
      return last ? readableText(last) : ''
    },
    leftovers: async () => server.openRequests(),
    close: () => server.close(),
  }
}

const ODD_USAGE = {
  negative: {input_tokens: -5, output_tokens: -1, prompt_tokens: -5, completion_tokens: -1},
  texts: {input_tokens: '12', output_tokens: 'many', prompt_tokens: '12', completion_tokens: 'many'},
} as const

function behaviourOf(wanted: FarSide, wire: 'messages' | 'chat'): Behaviour {
  switch (wanted.does) {
    case 'say': {
      const {text, end, usage} = wanted
      const claims = usage === undefined ? {} : {usage: usage === 'absent' ? ('absent' as const) : ODD_USAGE[usage]}
      return says(text, {...(end === undefined ? {} : {end}), ...claims})
    }
    case 'call':
      return asksFor([{tool: wanted.tool, input: wanted.input}])
    case 'call-badly':
      return asksFor([{tool: wanted.tool, rawInput: '{"path": "notes/a.m'}])
    case 'end-oddly':
      return says(wanted.text, {stop: 'fell_asleep'})
    case 'fail':
      return failure(wanted, wire)
    case 'silence':
      return wanted.after === undefined ? silence : breaksOff(wanted.after, 'stall', wire)
    case 'cut':
      return breaksOff(wanted.after, 'cut', wire)
    case 'babble':
      if (wanted.what === 'html') return html()
      if (wanted.what === 'half-json') return garbage('{"id": "msg_1", "content": [{"type": "te', 'application/json')
      return garbage('event: message_start\ndata: {{{ no json\n\ndata: neither\n\n')
  }
}

/** Says so much and no more of a longer text. */
function breaksOff(text: string, what: 'cut' | 'stall', wire: 'messages' | 'chat'): Behaviour {
  const eventsBefore = wire === 'messages' ? 2 : 1
  return says(`${text} and so on and on`, {letters: [...text].length, accident: {afterEvents: eventsBefore + 1, what}})
}

function failure({status, kind, retryAfterMs}: Extract<FarSide, {does: 'fail'}>, wire: 'messages' | 'chat'): Behaviour {
  if (kind === 'spend-limit')
    return wire === 'messages' ? spendLimit : fails(status, {type: 'insufficient_quota', code: 'insufficient_quota'})
  if (kind === 'too-long') {
    return wire === 'messages'
      ? fails(status, {message: 'prompt is too long: 210000 tokens > 200000 maximum'})
      : fails(status, {message: "This model's maximum context length is 8192 tokens.", code: 'context_length_exceeded'})
  }
  return fails(status, retryAfterMs === undefined ? {} : {headers: {'retry-after': String(retryAfterMs / 1000)}})
}
