import type { NetworkState } from '../../preload/contract/desktop'
import { assertNever } from '../app/assertNever'
import { type TextKey, t } from './text'

type Problem = Extract<NetworkState, { kind: 'failed' }>['problem']

const problems: Record<Problem, TextKey> = {
  'no-network': 'people.noNetwork',
  'port-taken': 'people.portTaken',
  'identity-unreadable': 'people.identityUnreadable',
}

/** How the network stands, as a sentence that says what to do. */
export function networkWords(network: NetworkState): string {
  switch (network.kind) {
    case 'off':
      return t('people.networkOff')
    case 'connecting':
      return t('people.networkConnecting')
    case 'on':
      return t('people.networkOn')
    case 'failed':
      return t(problems[network.problem])
    default:
      return assertNever(network)
  }
}
