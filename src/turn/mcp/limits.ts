/** How long and how much; what is longer or more is trouble of that server's. */
export interface McpLimits {
  readonly startMs: number
  readonly listMs: number
  readonly callMs: number
  /** One message, or one answer over HTTP. */
  readonly messageBytes: number
  /** Of a result's text, as the model reads it. */
  readonly resultBytes: number
  readonly tools: number
}

export const MCP_LIMITS: McpLimits = {
  startMs: 30_000,
  listMs: 30_000,
  callMs: 120_000,
  messageBytes: 4 * 1024 * 1024,
  resultBytes: 24 * 1024,
  tools: 2_000,
}
