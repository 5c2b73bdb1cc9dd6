import { type DefinitionOptions, Registry } from 'stanza/jxt/index.js'
import * as core from 'stanza/protocol/rfc6120.js'
import * as messaging from 'stanza/protocol/rfc6121.js'
import * as outOfBand from 'stanza/protocol/xep0066.js'
import * as jingle from 'stanza/protocol/xep0166.js'
import * as jingleRtp from 'stanza/protocol/xep0167.js'
import * as nickname from 'stanza/protocol/xep0172.js'
import * as iceUdp from 'stanza/protocol/xep0176.js'
import * as receipts from 'stanza/protocol/xep0184.js'
import * as ping from 'stanza/protocol/xep0199.js'
import * as delay from 'stanza/protocol/xep0203.js'
import * as dtls from 'stanza/protocol/xep0320.js'
import * as markers from 'stanza/protocol/xep0333.js'
import * as hints from 'stanza/protocol/xep0334.js'
import * as grouping from 'stanza/protocol/xep0338.js'
import { ownDefinitions } from './definitions'

type Definitions = Parameters<Registry['define']>[0]

/** stanza is CommonJS: its default export is one `default` deeper in Node and in the bundle than its types say. */
function definitionsOf(module: { default: unknown }): Definitions {
  const inner = module.default
  const definitions =
    typeof inner === 'object' && inner !== null && 'default' in inner ? inner.default : inner
  return definitions as Definitions // each of stanza's protocol files exports its definitions and nothing else
}

/** Only what we speak: what is not defined here is not understood, whoever sends it. */
export function createRegistry(): Registry {
  const registry = new Registry()
  for (const module of [
    core,
    messaging,
    outOfBand,
    jingle,
    jingleRtp,
    nickname,
    iceUdp,
    receipts,
    ping,
    delay,
    dtls,
    markers,
    hints,
    grouping,
  ]) {
    registry.define(definitionsOf(module))
  }
  const own: DefinitionOptions[] = ownDefinitions
  registry.define(own)
  return registry
}
