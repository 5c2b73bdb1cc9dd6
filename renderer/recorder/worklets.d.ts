/** Vite builds such a module as a file of its own and gives its address; nothing is inlined, which the CSP would refuse. */
declare module '*?worker&url' {
  const url: string
  export default url
}
