/** The answer to one request, as JSON-RPC. */
export function answer(
  request: {readonly id?: number; readonly method: string},
  options?: {readonly tools?: number; readonly isEndless?: boolean; readonly isHostile?: boolean},
): unknown
