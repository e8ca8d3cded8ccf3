import {describeEngine} from '../../../testing/engine-contract.js'
import {serverHarness} from '../../../testing/model-server/far-side.js'
import type {EngineModel} from '../engine.js'
import {openOpenAi} from './open-openai.js'

const FACTS: EngineModel = {
  window: 64_000,
  maxOutput: 8_000,
  prices: null,
  billing: 'metered',
  minCacheTokens: null,
  identity: 'x',
}

describeEngine(
  serverHarness('a chat server', 'chat', ({url, timeoutMs, deadlineMs}) =>
    openOpenAi({
      name: 'local',
      model: 'qwen3:14b',
      baseUrl: `${url}/v1`,
      key: 'sk-test-123',
      facts: FACTS,
      timeoutMs,
      deadlineMs,
    }),
  ),
)
