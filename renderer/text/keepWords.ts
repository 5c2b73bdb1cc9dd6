import type { KeepRule } from '../../preload/contract/storage'
import type { TextKey } from './text'

/** Each keep rule by its name. */
export const keepRuleTexts: Record<KeepRule, TextKey> = {
  forever: 'settings.keepForever',
  '30-days': 'settings.keep30Days',
}

export const isKeepRule = (value: string): value is KeepRule => Object.hasOwn(keepRuleTexts, value)
