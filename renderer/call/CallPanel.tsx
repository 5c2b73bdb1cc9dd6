export const CallPanel = () => null
