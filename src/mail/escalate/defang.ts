import {cleanLine} from '../../kit/text.js'

/** A line of a mail for a message that some channel may make links of: it reads as before, and nothing in it can be clicked. */
export function defang(text: string): string {
  // Clean first: what is taken out between two letters must not make an address of them.
  return cleanLine(text)
    .replace(/htt(ps?:\/\/)/gi, 'hxx$1')
    .replace(/(?<=[\p{L}\p{N}])\.(?=\p{L})/gu, '[.]')
}

/** An ordinary address stays as it is, for whoever wants to answer; what only stands in its place doesn't. */
export function defangAddress(address: string): string {
  return /^[\w.+=-]+@[\w.-]+$/.test(address) ? address : defang(address)
}
