import {
  attribute,
  booleanAttribute,
  childInteger,
  childText,
  createElement,
  type DefinitionOptions,
  extendMessage,
  integerAttribute,
  text,
  textBuffer,
  type XMLElement,
} from 'stanza/jxt/index.js'
import {
  FALLBACK,
  FILE_METADATA,
  FILE_SHARING,
  HASHES,
  JINGLE,
  JINGLE_MESSAGE,
  JINGLE_RTP,
  JINGLE_RTP_INFO,
  OUR_ACCEPTS,
  OUR_CALL,
  OUR_MESSAGE,
  OUR_NEARBY,
  THUMBNAILS,
  URL_DATA,
} from './namespaces'

/** XEP-0353 as JSON; Aftertone's own reason rides as the application-specific element of XEP-0166. */
export type JingleMessage = {
  action: string
  id: string
  media?: string[]
  reason?: string
  ownReason?: string
  tieBreak?: boolean
}

const ACTIONS = new Set(['propose', 'ringing', 'proceed', 'accept', 'reject', 'retract', 'finish'])
const elementsOf = (xml: XMLElement): XMLElement[] =>
  xml.children.filter((child) => typeof child !== 'string')

function importJingleMessage(xml: XMLElement): JingleMessage | undefined {
  const element = elementsOf(xml).find(
    (child) => child.getNamespace() === JINGLE_MESSAGE && ACTIONS.has(child.getName()),
  )
  if (!element) return undefined
  const reasons = elementsOf(element.getChild('reason', JINGLE) ?? element).filter(
    (child) => child.getName() !== 'text',
  )
  const reason = reasons.find((child) => child.getNamespace() === JINGLE)?.getName()
  const ownReason = reasons.find((child) => child.getNamespace() === OUR_CALL)?.getName()
  return {
    action: element.getName(),
    id: element.getAttribute('id') ?? '',
    media: element.getChildren('description', JINGLE_RTP).map((child) => child.getAttribute('media') ?? ''),
    ...(reason !== undefined && { reason }),
    ...(ownReason !== undefined && { ownReason }),
    tieBreak: element.getChild('tie-break') !== undefined,
  }
}

function add(parent: XMLElement, namespace: string, name: string): XMLElement {
  const child = createElement(namespace, name, parent.getDefaultNamespace(), parent)
  parent.appendChild(child)
  return child
}

function exportJingleMessage(xml: XMLElement, value: JingleMessage): void {
  const element = add(xml, JINGLE_MESSAGE, value.action)
  element.setAttribute('id', value.id)
  for (const media of value.media ?? []) add(element, JINGLE_RTP, 'description').setAttribute('media', media)
  if (value.reason !== undefined) {
    const reason = add(element, JINGLE, 'reason')
    add(reason, JINGLE, value.reason)
    if (value.ownReason !== undefined) add(reason, OUR_CALL, value.ownReason)
  }
  if (value.tieBreak) add(element, JINGLE_MESSAGE, 'tie-break')
}

const fileField = 'message.fileSharing.file'

/** What stanza 12 lacks: XEP-0353, XEP-0447 with XEP-0446, XEP-0428, and our own small elements. */
export const ownDefinitions: DefinitionOptions[] = [
  extendMessage({
    jingleMessage: {
      importer: importJingleMessage,
      exporter: exportJingleMessage,
    },
  }),
  {
    element: 'file-sharing',
    namespace: FILE_SHARING,
    path: 'message.fileSharing',
    fields: { disposition: attribute('disposition') },
  },
  {
    element: 'file',
    namespace: FILE_METADATA,
    path: fileField,
    fields: {
      mediaType: childText(null, 'media-type'),
      size: childInteger(null, 'size'),
      /** Milliseconds. */
      length: childInteger(null, 'length'),
      width: childInteger(null, 'width'),
      height: childInteger(null, 'height'),
    },
  },
  {
    element: 'hash',
    namespace: HASHES,
    aliases: [{ path: `${fileField}.hashes`, multiple: true }],
    fields: { algorithm: attribute('algo'), value: textBuffer('base64') },
  },
  {
    element: 'thumbnail',
    namespace: THUMBNAILS,
    path: `${fileField}.thumbnail`,
    fields: { uri: attribute('uri'), mediaType: attribute('media-type') },
  },
  { element: 'sources', namespace: FILE_SHARING, path: 'message.fileSharing.sources' },
  {
    element: 'url-data',
    namespace: URL_DATA,
    aliases: [{ path: 'message.fileSharing.sources.urls', multiple: true }],
    fields: { target: attribute('target') },
  },
  { element: 'fallback', namespace: FALLBACK, path: 'message.fallback', fields: { for: attribute('for') } },
  {
    element: 'ring',
    namespace: OUR_CALL,
    path: 'message.ring',
    fields: { seconds: integerAttribute('seconds') },
  },
  {
    element: 'recording',
    namespace: OUR_CALL,
    path: 'message.recording',
    fields: { id: attribute('id'), on: booleanAttribute('on') },
  },
  {
    element: 'accepts',
    namespace: OUR_ACCEPTS,
    path: 'message.accepts',
    fields: {
      video: integerAttribute('video'),
      audio: integerAttribute('audio'),
      text: booleanAttribute('text'),
      note: text(),
    },
  },
  {
    element: 'call-message',
    namespace: OUR_MESSAGE,
    path: 'message.callMessage',
    fields: { id: attribute('id'), kind: attribute('kind'), peaks: attribute('peaks') },
  },
  {
    element: 'listening',
    namespace: OUR_NEARBY,
    path: 'presence.listening',
    fields: { port: integerAttribute('port') },
  },
  /** "I do not take this", "what I got is not what you described": XEP-0184 knows only good news. */
  {
    element: 'answer',
    namespace: OUR_MESSAGE,
    path: 'message.answer',
    fields: { id: attribute('id'), state: attribute('state') },
  },
  // stanza names these two `typeField`s only in its file transfer, which we leave out.
  {
    element: 'description',
    namespace: JINGLE_RTP,
    path: 'iq.jingle.contents.application',
    type: JINGLE_RTP,
    typeField: 'applicationType',
  },
  ...['mute', 'unmute'].map((element) => ({
    element,
    namespace: JINGLE_RTP_INFO,
    path: 'iq.jingle.info',
    type: element,
    typeField: 'infoType',
    fields: { creator: attribute('creator'), name: attribute('name') },
  })),
]
