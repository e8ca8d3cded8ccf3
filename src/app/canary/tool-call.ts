/** One call that a scripted model asks for, in the words of the program that is to carry it out. */
export interface ToolCall {
  readonly tool: string
  /** Text for tools that take no fields. */
  readonly input: Readonly<Record<string, unknown>> | string
}
