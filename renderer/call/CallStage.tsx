export const CallStage = () => null
