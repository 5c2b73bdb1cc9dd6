import call from './en/call.json'
import components from './en/components.json'
import contacts from './en/contacts.json'
import failures from './en/failures.json'
import frame from './en/frame.json'
import history from './en/history.json'
import people from './en/people.json'
import player from './en/player.json'
import recorder from './en/recorder.json'
import requests from './en/requests.json'
import settings from './en/settings.json'
import welcome from './en/welcome.json'

const english = {
  call,
  components,
  contacts,
  failures,
  frame,
  history,
  people,
  player,
  recorder,
  requests,
  settings,
  welcome,
}

type Features = typeof english
/** `'history.missedVideo'`: the file under `text/en/`, a dot, the sentence. */
export type TextKey = {
  [Feature in keyof Features]: `${Feature}.${keyof Features[Feature] & string}`
}[keyof Features]

export type TextParameters = Record<string, string | number>

/** A sentence, or one for each plural form of `{count}`. */
type Sentence = string | { one: string; other: string }

const plurals = new Intl.PluralRules('en')
const sentences = new Map<string, Sentence>(
  Object.entries(english).flatMap(([feature, words]) =>
    Object.entries(words).map(([name, sentence]): [string, Sentence] => [`${feature}.${name}`, sentence]),
  ),
)

/**
 * The words for a key, with `{name}` taken from the parameters; `{count}` also picks the plural form.
 * `t('history.waiting', { name: 'Bob' })` → `Waiting for Bob`
 */
export function t(key: TextKey, parameters: TextParameters = {}): string {
  const sentence = sentences.get(key) ?? key
  const { count } = parameters
  const chosen =
    typeof sentence === 'string'
      ? sentence
      : typeof count === 'number' && plurals.select(count) === 'one'
        ? sentence.one
        : sentence.other
  return chosen.replace(/\{(\w+)\}/g, (hole, name: string) => String(parameters[name] ?? hole))
}
