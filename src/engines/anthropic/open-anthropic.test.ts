import {describeEngine} from '../../../testing/engine-contract.js'
import {serverHarness} from '../../../testing/model-server/far-side.js'
import type {EngineModel} from '../engine.js'
import {openAnthropic} from './open-anthropic.js'

const FACTS: EngineModel = {
  window: 200_000,
  maxOutput: 8_000,
  prices: null,
  billing: 'metered',
  minCacheTokens: 1024,
  identity: 'x',
}

describeEngine(
  serverHarness('claude', 'messages', ({url, timeoutMs, deadlineMs}) =>
    openAnthropic({
      name: 'claude',
      model: 'claude-sonnet-5-5',
      baseUrl: url,
      key: 'sk-ant-test',
      facts: FACTS,
      timeoutMs,
      deadlineMs,
    }),
  ),
)
