import { describe, expect, test } from 'vitest'
import { chromiumSwitches, findInvite, readLaunchOptions } from '../../../main/electron/launchOptions'

const nothing = { nearbyAddress: null, mdnsPort: 5353, hidden: false, invite: null }

describe('readLaunchOptions', () => {
  test('an ordinary start has none', () => {
    expect(readLaunchOptions(['electron', '.'])).toEqual(nothing)
  })

  test('reads every option', () => {
    const argv = [
      'app',
      '--nearby-address=127.0.0.1',
      '--nearby-mdns-port=15353',
      '--hidden',
      'aftertone:add?k=1',
    ]
    expect(readLaunchOptions(argv)).toEqual({
      nearbyAddress: '127.0.0.1',
      mdnsPort: 15_353,
      hidden: true,
      invite: 'aftertone:add?k=1',
    })
  })

  test.each([
    '--nearby-address=',
    '--nearby-address=example.org',
    '--nearby-mdns-port=0',
    '--nearby-mdns-port=70000',
    '--nearby-mdns-port=x',
    '--hiddenly',
  ])('%s counts as not given', (argument) => {
    expect(readLaunchOptions(['app', argument])).toEqual(nothing)
  })
})

describe('findInvite', () => {
  test.each([
    'aftertone:add?key=1',
    'aftertone://add?key=1',
    'aftertone://add/?key=1',
    'Aftertone:add?key=1',
  ])('%s is taken', (argument) => {
    expect(findInvite(['app', '--hidden', argument])).toBe(argument)
  })

  test.each([
    'aftertone:remove?key=1',
    'aftertone:add',
    'aftertone:add?key=1 --hidden',
    'https://example.org/aftertone:add?key=1',
    'x aftertone:add?key=1',
    `aftertone:add?${'k'.repeat(2_000)}`,
    'aftertone:add?key=ä',
  ])('%s is not taken', (argument) => {
    expect(findInvite(['app', argument])).toBeNull()
  })
})

describe('chromiumSwitches', () => {
  test('keeps what was disabled before', () => {
    expect(chromiumSwitches(nothing, 'A,B')).toEqual([['disable-features', 'A,B,WebRtcHideLocalIpsWithMdns']])
  })

  test('lets calls run over loopback only when nearby is bound to it', () => {
    const names = (address: string) =>
      chromiumSwitches({ ...nothing, nearbyAddress: address }, '').map(([name]) => name)
    expect(names('127.0.0.1')).toContain('allow-loopback-in-peer-connection')
    expect(names('192.168.1.2')).not.toContain('allow-loopback-in-peer-connection')
  })
})
