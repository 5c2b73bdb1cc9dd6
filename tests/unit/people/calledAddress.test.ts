import { expect, test } from 'vitest'
import { calledAddress } from '../../../main/people/calledAddress'

const at = (address: string) => ({ address })

test.each([
  ['', 'a'],
  ['a', 'a'],
  ['b', 'b'],
  ['c', 'c'],
  ['bc', 'b'],
  ['abc', 'a'],
])('of a, b and c with %j reachable, %s is called', (reachable, called) => {
  expect(calledAddress([at('a'), at('b'), at('c')], (address) => reachable.includes(address))).toEqual(
    at(called),
  )
})
