import type {ApprovalRequest} from '../../workspace/approval-file.js'

/** A request that waits, or did. */
export interface AskedRequest {
  readonly id: string
  readonly request: ApprovalRequest
}
