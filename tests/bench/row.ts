/** One figure of `npm run bench`: ours beside a reference that was measured in the same run. */
export type BenchRow = {
  name: string
  ours: number
  /** Null where only the ratio's budget in product terms exists. */
  reference: number | null
  unit: string
  ratio: number | null
  /** In words, from the product's numbers. */
  budget: string
}
