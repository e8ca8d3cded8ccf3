import {openSampleServer, type SampleServer} from './server.js'

/** The model that the sample server passes for. */
export const SAMPLE_MODEL = 'claude-sonnet-5-5'

/** A model that answers every request in the words of a beat with nothing to tell. null: it could not be opened. */
export function openSampleModel(dir: string): SampleServer | null {
  return openSampleServer(dir, {name: 'model', env: {MODEL: SAMPLE_MODEL}})
}
