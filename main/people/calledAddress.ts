/** Which of somebody's addresses is called: the first that can be reached now, else the first. */
export const calledAddress = <Known extends { address: string }>(
  addresses: [Known, ...Known[]],
  isReachable: (address: string) => boolean,
): Known => addresses.find(({ address }) => isReachable(address)) ?? addresses[0]
